import type { Fault } from '../reading/faults.ts';

/** A fault as the timeline shows it. */
export type TimelineFault = Fault;

/** What a person can do to the faults on the timeline. Left out: they can be looked at. */
export interface TimelineEdits {
  /** The faults as they are by now, in the order of the scenario; the run that is shown may still be an older one. */
  faults: readonly TimelineFault[];
  /** A fault that waits for its place. */
  placing: { label: string; hasLength: boolean } | null;
  onShift(faults: readonly number[], byUs: number): void;
  onLengthen(fault: number, byUs: number): void;
  onRemove(faults: readonly number[]): void;
  /** Somebody wants to change the numbers of a fault. */
  onOpen(fault: number, anchor: DOMRect): void;
  /** Where the fault that is being placed goes, and how long it lasts (null: as usual); null: nowhere. */
  onPlace(where: { atUs: number; forUs: number | null } | null): void;
}

/** While something is dragged it stands elsewhere: what moves, by how much, and which of its ends. */
export interface Dragging {
  faults: readonly number[];
  byUs: number;
  end: boolean;
}

/** The faults as they would be if a drag ended now. */
export function dragged(faults: readonly Fault[], drag: Dragging | null, endUs: number): readonly Fault[] {
  if (drag === null) return faults;
  return faults.map((fault, index) => {
    if (!drag.faults.includes(index)) return fault;
    const over = fault.endUs > fault.atUs ? fault.endUs : endUs;
    if (drag.end) return { ...fault, endUs: Math.min(endUs, Math.max(fault.atUs + 1000, over + drag.byUs)) };
    const atUs = Math.min(endUs, Math.max(0, fault.atUs + drag.byUs));
    return { ...fault, atUs, endUs: fault.endUs > fault.atUs ? fault.endUs + atUs - fault.atUs : atUs };
  });
}

/** By how much a key moves a fault or its end, µs; null: the key is for somebody else. */
export function keyShift(key: string, big: boolean): number | null {
  const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[key];
  return way === undefined ? null : way * (big ? 100_000 : 10_000);
}
