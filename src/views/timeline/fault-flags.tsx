import { type KeyboardEvent, useRef } from 'react';
import { type Fault, isInstant } from '../reading/faults.ts';
import { seconds } from '../readout/units.ts';
import type { Selection } from '../view.ts';
import { type Dragging, keyShift, type TimelineEdits } from './edits.ts';
import type { FaultFlag, TimelineFault } from './flags.ts';
import { overUs } from './layout.ts';
import { BARS, LANE } from './picture.tsx';
import styles from './timeline.module.css';
import { useDrag } from './use-drag.ts';

interface FlagsProps {
  faults: readonly TimelineFault[];
  flags: readonly FaultFlag[];
  endUs: number;
  nowUs: number;
  width: number;
  side: number;
  top: number;
  selected: number;
  onSelect(selection: Selection | null): void;
  edits: TimelineEdits | null;
  onDrag(drag: Dragging | null): void;
  /** The fault that is pointed at anywhere, or -1. */
  pointed: number;
  onPoint(selection: Selection | null): void;
}

/** The words of the faults: to be selected, and dragged, and what keys do to them. */
export function FaultFlags(props: FlagsProps) {
  const { flags, faults, selected, endUs, edits } = props;
  const fault = faults[selected];
  return (
    <>
      {flags.map((flag) => (
        <Flag key={flag.faults[0]} {...props} flag={flag} />
      ))}
      {edits !== null && fault !== undefined && !isInstant(fault) && (
        <EndHandle {...props} edits={edits} fault={fault} overUs={overUs(fault, endUs)} />
      )}
    </>
  );
}

function Flag(props: FlagsProps & { flag: FaultFlag }) {
  const { flag, faults, endUs, nowUs, width, side, top, selected, onSelect, edits, onDrag } = props;
  const { pointed, onPoint } = props;
  const ref = useRef<HTMLButtonElement>(null);
  const typed = flag.faults.length > 1 && flag.faults.every((index) => faults[index]?.kind === 'publish');
  // What was typed in one go stays together; of others that share a flag the selected one is meant.
  const meant = typed ? flag.faults : [flag.faults.includes(selected) ? selected : (flag.faults[0] ?? -1)];
  const drag = useDrag({
    usPerPx: endUs / width,
    onMove: (byUs) => onDrag({ faults: meant, byUs, end: false }),
    onEnd(byUs) {
      onDrag(null);
      if (byUs !== null) edits?.onShift(meant, byUs);
      else click();
    },
  });
  const click = () => {
    const next = nextOf(flag.faults, selected, typed);
    onSelect({ kind: 'fault', fault: next });
    if (ref.current) edits?.onOpen(next, ref.current.getBoundingClientRect());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (edits === null || event.ctrlKey || event.metaKey) return;
    const by = keyShift(event.key, event.shiftKey);
    if (event.key === 'Delete' || event.key === 'Backspace') edits.onRemove(meant);
    else if (by === null) return;
    else if (!event.altKey) edits.onShift(meant, by);
    else edits.onLengthen(meant[0] ?? -1, by);
    event.preventDefault();
    event.stopPropagation();
  };
  const active = flag.faults.some((index) => {
    const fault = faults[index];
    return fault !== undefined && fault.atUs <= nowUs && nowUs < overUs(fault, endUs);
  });
  return (
    <button
      ref={ref}
      type="button"
      className={styles.flag}
      style={{ left: side + flag.x, top: top - LANE * (flag.lane + 1) + 1, width: flag.width }}
      data-active={active}
      data-movable={edits !== null}
      data-pointed={flag.faults.includes(pointed)}
      onPointerEnter={() => onPoint({ kind: 'fault', fault: flag.faults[0] ?? -1 })}
      onPointerLeave={() => onPoint(null)}
      aria-pressed={flag.faults.includes(selected)}
      aria-keyshortcuts={edits ? 'ArrowLeft ArrowRight Alt+ArrowLeft Alt+ArrowRight Delete' : undefined}
      title={titleOf(faults, flag.faults, edits !== null)}
      onFocus={(event) => {
        if (!event.currentTarget.matches(':focus-visible')) return; // a pointer says at its end what it means
        if (!flag.faults.includes(selected)) onSelect({ kind: 'fault', fault: flag.faults[0] ?? -1 });
      }}
      onKeyDown={onKeyDown}
      {...(edits ? drag : {})}
      onClick={(event) => {
        // Pointers are handled where they are let go; this is Enter, Space, or assistive technology.
        if (edits === null || event.detail === 0) click();
      }}
    >
      <span>{flag.text}</span>
    </button>
  );
}

/** A flag of several faults goes through them. */
function nextOf(members: readonly number[], selected: number, typed: boolean): number {
  const at = members.indexOf(selected);
  return members[typed || members.length === 1 ? 0 : (at + 1) % members.length] ?? -1;
}

function titleOf(faults: readonly TimelineFault[], members: readonly number[], movable: boolean): string {
  const lines = members.map((index) => {
    const fault = faults[index];
    return fault ? `${seconds(fault.atUs)}: ${fault.title ?? fault.label}` : '';
  });
  return [...lines, ...(movable ? ['Drag it, or use the arrow keys; Delete takes it away.'] : [])].join('\n');
}

type EndProps = FlagsProps & { edits: TimelineEdits; fault: Fault; overUs: number };

/** Where the selected fault ends: pull there to make it longer or shorter. */
function EndHandle({ edits, fault, overUs, endUs, width, side, top, selected, onDrag }: EndProps) {
  const drag = useDrag({
    usPerPx: endUs / width,
    onMove: (byUs) => onDrag({ faults: [selected], byUs, end: true }),
    onEnd(byUs) {
      onDrag(null);
      if (byUs !== null) edits.onLengthen(selected, byUs);
    },
  });
  return (
    <div
      className={styles.end}
      style={{ left: side + Math.min(width, (overUs / endUs) * width), top, height: BARS }}
      role="slider"
      tabIndex={0}
      aria-label={`End of ${fault.label}`}
      aria-valuemin={fault.atUs / 1e6}
      aria-valuemax={endUs / 1e6}
      aria-valuenow={overUs / 1e6}
      aria-valuetext={`${seconds(overUs)}, after ${seconds(overUs - fault.atUs)}`}
      title={`Ends at ${seconds(overUs)}. Drag it, or use the arrow keys.`}
      onKeyDown={(event) => {
        const by = keyShift(event.key, event.shiftKey);
        if (by === null || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        event.stopPropagation();
        edits.onLengthen(selected, by);
      }}
      {...drag}
    />
  );
}
