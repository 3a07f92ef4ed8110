import { type KeyboardEvent, type PointerEvent, useMemo } from 'react';
import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { activeFaults } from '../reading/faults.ts';
import { plural, seconds } from '../readout/units.ts';
import { useFrame } from '../use-frame.ts';
import { useSize } from '../use-size.ts';
import type { Selection, ViewProps } from '../view.ts';
import { keyTarget, placeFlags, timeTicks } from './layout.ts';
import { BARS, Bars, Faults, LANE, Settling, Track } from './picture.tsx';
import styles from './timeline.module.css';

export interface TimelineProps extends ViewProps {
  /** A person dragged, clicked or typed the playhead to this virtual time, µs; always within the run. */
  onSeek(us: number): void;
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
  const { trace, playhead, header, width, selection, onSelect, onSeek } = props;
  useFrame(playhead);
  const { endUs } = header;
  const flags = useMemo(
    () => (header === trace.header ? placeFlags(trace, width) : []),
    [trace, header, width],
  );
  const { stepUs, ticks } = useMemo(() => timeTicks(endUs, width), [endUs, width]);
  const top = (flags.some(({ lane }) => lane > 0) ? 2 : 1) * LANE;
  const { nowUs } = playhead;
  const active = activeFaults(trace, nowUs);
  const x = (us: number) => (us / endUs) * width;
  const seekTo = (event: PointerEvent<HTMLElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    onSeek(Math.round(Math.min(1, Math.max(0, (event.clientX - left - SIDE) / width)) * endUs));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = keyTarget(event.key, playhead.nowUs, endUs, event.shiftKey ? stepUs / 10 : stepUs);
    if (target === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    onSeek(target);
  };
  return (
    <>
      <figcaption className={styles.hidden}>{timelineCaption(trace, header)}</figcaption>
      <svg
        className={styles.picture}
        width={width}
        height={top + BARS + AXIS}
        style={{ left: SIDE }}
        aria-hidden="true"
      >
        <Settling x={x(header.durationUs)} width={width} top={top} />
        <Faults trace={trace} header={header} width={width} top={top} />
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
      <div
        className={styles.slider}
        style={{ height: top + BARS + AXIS }}
        role="slider"
        tabIndex={0}
        aria-label="Time shown"
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
        <span className={styles.knob} style={{ left: SIDE + x(nowUs), top: top + BARS }} />
      </div>
      {flags.map((flag) => (
        <button
          key={flag.faults[0]}
          type="button"
          className={styles.flag}
          style={{ left: SIDE + flag.x, top: top - LANE * (flag.lane + 1), width: flag.width }}
          data-active={flag.faults.some((fault) => active.includes(fault))}
          aria-pressed={selection?.kind === 'fault' && flag.faults.includes(selection.fault)}
          title={flag.faults.map((fault) => faultTitle(header, fault)).join('\n')}
          onClick={() => onSelect(nextFault(selection, flag.faults))}
        >
          {flag.text}
        </button>
      ))}
    </>
  );
}

/** A flag of several faults goes through them; after the last, nothing is selected. */
function nextFault(selection: Selection | null, faults: number[]): Selection | null {
  const at = selection?.kind === 'fault' ? faults.indexOf(selection.fault) : -1;
  const next = faults[at + 1];
  return next === undefined ? null : { kind: 'fault', fault: next };
}

function faultTitle(header: TraceHeader, index: number): string {
  const fault = header.faults[index];
  return fault ? `${seconds(fault.atUs)}: ${fault.label}${fault.detail ? ` (${fault.detail})` : ''}` : '';
}

function timelineCaption(trace: Trace, header: TraceHeader): string {
  const packets = trace.table('packet.sent').length;
  const faults = header.faults.length === 0 ? 'no faults' : plural(header.faults.length, 'fault');
  return `A run of ${seconds(header.endUs)}, publishing until ${seconds(header.durationUs)}: ${plural(packets, 'packet')} so far, ${faults}`;
}
