import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { usePointed } from '../pointing.ts';
import type { Fault } from '../reading/faults.ts';
import { plural, seconds } from '../readout/units.ts';
import { useFrame } from '../use-frame.ts';
import { useSize } from '../use-size.ts';
import type { ViewProps } from '../view.ts';
import { type Dragging, dragged, type TimelineEdits } from './edits.ts';
import { FaultFlags } from './fault-flags.tsx';
import { placeFlags, type TimelineFault } from './flags.ts';
import { keyTarget, timeTicks } from './layout.ts';
import { BARS, Bars, Faults, LANE, Settling, Track } from './picture.tsx';
import { Placing } from './placing.tsx';
import styles from './timeline.module.css';

export interface TimelineProps extends ViewProps {
  /** A person dragged, clicked or typed the playhead to this virtual time, µs; always within the run. */
  onSeek(us: number): void;
  /** What can be done to the faults. */
  edits?: TimelineEdits;
  /** Faults to show in place of the trace's own. */
  faults?: readonly TimelineFault[];
}

/** Room at both ends for the knob and the outermost labels. */
const SIDE = 12;
const AXIS = 22;

/** The run along its time: activity, losses, faults, and the playhead. A slider; as high as its faults need. */
export function Timeline(props: TimelineProps) {
  const [ref, size] = useSize<HTMLElement>();
  const { header } = props.trace;
  return (
    <figure ref={ref} className={styles.timeline} aria-label="Timeline">
      {header && size && size.width > 3 * SIDE && (
        <TimelineAt {...props} header={header} width={size.width - 2 * SIDE} />
      )}
    </figure>
  );
}

function TimelineAt(props: TimelineProps & { header: TraceHeader; width: number }) {
  const { trace, playhead, header, width, selection, onSelect, edits = null } = props;
  useFrame(playhead);
  const pointed = usePointed(props.pointing);
  const [drag, setDrag] = useState<Dragging | null>(null);
  const { endUs } = header;
  const { nowUs } = playhead;
  const selected = selection?.kind === 'fault' ? selection.fault : -1;
  const given = edits?.faults ?? props.faults ?? header.faults;
  const faults = useMemo(() => dragged(given, drag, endUs), [given, drag, endUs]);
  const own = drag?.faults[0] ?? selected;
  const flags = useMemo(() => placeFlags(faults, endUs, width, own), [faults, endUs, width, own]);
  const { stepUs, ticks } = useMemo(() => timeTicks(endUs, width), [endUs, width]);
  const top = (flags.some(({ lane }) => lane > 0) ? 2 : 1) * LANE;
  const height = top + BARS + AXIS;
  const x = (us: number) => (us / endUs) * width;
  return (
    <>
      <figcaption className={styles.hidden}>{timelineCaption(trace, header, faults)}</figcaption>
      <svg className={styles.picture} width={width} height={height} style={{ left: SIDE }} aria-hidden="true">
        <Settling x={x(header.durationUs)} width={width} top={top} flags={flags} />
        <Faults faults={faults} flags={flags} endUs={endUs} width={width} top={top} selected={selected} />
        <Bars
          trace={trace}
          endUs={endUs}
          width={width}
          top={top}
          rows={trace.table('packet.sent').length}
          nowX={x(nowUs)}
        />
        <Track knownX={x(Math.min(endUs, trace.knownUntilUs))} nowX={x(nowUs)} width={width} y={top + BARS} />
        {ticks.map(({ us, label }, index) => (
          <text
            key={us}
            className={styles.tick}
            x={x(us)}
            y={top + BARS + 19}
            textAnchor={index === 0 ? 'start' : x(us) > width - 12 ? 'end' : 'middle'}
          >
            {label}
          </text>
        ))}
      </svg>
      <TimeSlider {...props} edits={edits} nowUs={nowUs} stepUs={stepUs} top={top} height={height} />
      <FaultFlags
        {...{ faults, flags, endUs, nowUs, width, top, selected, onSelect, edits }}
        side={SIDE}
        onDrag={setDrag}
        pointed={pointed?.kind === 'fault' ? pointed.fault : -1}
        onPoint={(next) => props.pointing?.point(next)}
      />
      {drag !== null && <DragReadout drag={drag} faults={faults} x={x} width={width} />}
      {edits?.placing && (
        <Placing {...{ edits, nowUs, endUs, width, height }} placing={edits.placing} side={SIDE} />
      )}
    </>
  );
}

interface SliderProps {
  header: TraceHeader;
  width: number;
  onSeek(us: number): void;
  edits: TimelineEdits | null;
  nowUs: number;
  stepUs: number;
  top: number;
  height: number;
}

/** The playhead, moved by pointer and keys. While a fault waits for its place, Enter puts it where the playhead is. */
function TimeSlider({ header, width, onSeek, edits, nowUs, stepUs, top, height }: SliderProps) {
  const { endUs } = header;
  const ref = useRef<HTMLDivElement>(null);
  const placing = edits?.placing ?? null;
  useEffect(() => {
    if (placing !== null) ref.current?.focus();
  }, [placing]);
  const seekTo = (event: PointerEvent<HTMLElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    onSeek(Math.round(Math.min(1, Math.max(0, (event.clientX - left - SIDE) / width)) * endUs));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = keyTarget(event.key, nowUs, endUs, event.shiftKey ? stepUs / 10 : stepUs);
    if (target !== null) onSeek(target);
    else if (placing !== null && event.key === 'Enter')
      edits?.onPlace({ atUs: Math.round(nowUs), forUs: null });
    else if (placing !== null && event.key === 'Escape') edits?.onPlace(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={ref}
      className={styles.slider}
      style={{ height }}
      role="slider"
      tabIndex={0}
      aria-label={
        placing ? `Time shown. Enter puts “${placing.label}” there, Escape lets go of it` : 'Time shown'
      }
      aria-valuemin={0}
      aria-valuemax={endUs / 1e6}
      aria-valuenow={nowUs / 1e6}
      aria-valuetext={`${seconds(nowUs)} of ${seconds(endUs)}`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        seekTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
      }}
    >
      <span className={styles.knob} style={{ left: SIDE + (nowUs / endUs) * width, top: top + BARS }} />
    </div>
  );
}

interface ReadoutProps {
  drag: Dragging;
  faults: readonly Fault[];
  x(us: number): number;
  width: number;
}

/** Where a fault that is being dragged would begin, or how long it would last. */
function DragReadout({ drag, faults, x, width }: ReadoutProps) {
  const fault = faults[drag.faults[0] ?? -1];
  if (fault === undefined) return null;
  const { atUs, endUs } = fault;
  const text = drag.end ? `lasts ${seconds(endUs - atUs)}` : `at ${seconds(atUs)}`;
  return (
    <span
      className={styles.readout}
      style={{ left: SIDE + Math.min(width - 40, Math.max(40, x(drag.end ? endUs : atUs))) }}
    >
      {text}
    </span>
  );
}

function timelineCaption(trace: Trace, header: TraceHeader, faults: readonly Fault[]): string {
  const packets = trace.table('packet.sent').length;
  const many = faults.length === 0 ? 'no faults' : plural(faults.length, 'fault');
  return `A run of ${seconds(header.endUs)}, publishing until ${seconds(header.durationUs)}: ${plural(packets, 'packet')} so far, ${many}`;
}
