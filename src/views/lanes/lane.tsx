import { type MouseEvent, useLayoutEffect, useRef } from 'react';
import { COLUMN, type Trace, type TraceHeader } from '../../trace/trace.ts';
import { readingOf } from '../reading/reading.ts';
import { count, duration, plural } from '../readout/units.ts';
import { clientState } from '../stage/client-state.ts';
import { transportColor, useColors } from '../theme/colors.ts';
import styles from './lanes.module.css';
import { missingOf } from './missing.ts';
import { type LanePicture, laneAt } from './model.ts';
import { hitLane, type LaneFrame, laneFrame, paintLane } from './paint.ts';
import type { LaneRun, LanesProps } from './props.ts';

const DELIVERED = COLUMN['message.delivered'];

interface LaneProps extends Pick<LanesProps, 'playhead' | 'client' | 'windowUs' | 'onSelect' | 'onRestart'> {
  run: LaneRun;
  /** Words stand above the lane, not beside it. */
  stacked: boolean;
  width: number;
  height: number;
  /** What is selected, or -1. */
  message: number;
  packet: number;
}

/** One run: what it is called, how its client fares, its last moments, and what came to it. */
export function Lane(props: LaneProps) {
  const { run, stacked } = props;
  const { header } = run.trace;
  if (header === null || run.state === 'failed')
    return (
      <li className={styles.lane} data-stacked={stacked}>
        <Name run={run} transport="" />
        {run.state === 'failed' && <Failed run={run} onRestart={props.onRestart} />}
      </li>
    );
  return <LaneAt {...props} header={header} />;
}

function LaneAt(props: LaneProps & { header: TraceHeader }) {
  const { run, header, playhead, windowUs, stacked, width, height, client: name } = props;
  const { trace } = run;
  const nowUs = Math.min(playhead.nowUs, header.endUs);
  const client = Math.max(
    0,
    header.clients.findIndex((one) => one.name === name),
  );
  const { transport = '' } = header.clients[client] ?? {};
  const state = clientState(trace, header, client, nowUs, 12);
  const picture = laneAt(trace, client, nowUs, windowUs);
  const frame = laneFrame(width, height, nowUs, windowUs);
  const waits = run.state === 'simulating' && trace.knownUntilUs <= playhead.nowUs;
  return (
    <li className={styles.lane} data-stacked={stacked}>
      <div className={styles.head}>
        <Name run={run} transport={transport} />
        <span className={styles.fact} data-kind={state.fact.kind}>
          {state.fact.text}
        </span>
      </div>
      <Picture {...props} frame={frame} picture={picture} transport={transport} />
      <div className={styles.readout}>
        <span className={styles.text} title="What this client shows">
          {state.text === '' ? '–' : `“${state.more ? '…' : ''}${state.text}”`}
        </span>
        <span className={styles.figures}>
          <LastButton run={run} client={client} nowUs={nowUs} onSelect={props.onSelect} />
          <Behind trace={trace} header={header} client={client} nowUs={nowUs} />
        </span>
        <span className={styles.hidden}>{plural(flyingIn(picture, nowUs), 'packet')} on the way</span>
      </div>
      {waits && (
        <span className={styles.waits} role="status">
          simulating, {Math.floor(run.progress * 100)} %
        </span>
      )}
    </li>
  );
}

const flyingIn = ({ arrows }: LanePicture, nowUs: number): number =>
  arrows.filter(({ toUs, lostUs }) => (lostUs < 0 ? toUs : lostUs) > nowUs).length;

function Name({ run, transport }: { run: LaneRun; transport: string }) {
  return (
    <span className={styles.name}>
      <b className={styles.letter}>{run.letter}</b>
      {transport !== '' && <i style={{ background: transportColor(transport) }} />}
      <span>{run.name}</span>
    </span>
  );
}

function Failed({ run, onRestart }: { run: LaneRun; onRestart: LanesProps['onRestart'] }) {
  return (
    <p className={styles.failed} role="alert">
      This variant stopped by an error of this program: {run.failure}{' '}
      <button type="button" onClick={() => onRestart(run.id)}>
        Run it again
      </button>
    </p>
  );
}

/** The latency of what came last; its story is a click away. */
function LastButton({
  run,
  client,
  nowUs,
  onSelect,
}: {
  run: LaneRun;
  client: number;
  nowUs: number;
  onSelect: LanesProps['onSelect'];
}) {
  const table = run.trace.table('message.delivered');
  const row = readingOf(run.trace).delivered.lastAt(client, nowUs);
  if (row < 0) return <span className={styles.none}>nothing yet</span>;
  const message = table.get(row, DELIVERED.message);
  return (
    <button
      type="button"
      className={styles.last}
      title={`Why the last update took so long in ${run.name}`}
      aria-label={`The last update took ${duration(table.get(row, DELIVERED.latencyUs))} in ${run.letter}: why`}
      onClick={() => onSelect(run.id, { kind: 'message', message, client })}
    >
      last {duration(table.get(row, DELIVERED.latencyUs))}
    </button>
  );
}

interface BehindProps {
  trace: Trace;
  header: TraceHeader;
  client: number;
  nowUs: number;
}

/** Updates that this client is expected to get and does not have. */
function Behind({ trace, header, client, nowUs }: BehindProps) {
  const missing = missingOf(trace, header, client, nowUs);
  if (missing === 0) return null;
  return (
    <span className={styles.behind}>
      {nowUs >= header.endUs ? `✕ ${count(missing)} lost` : `${count(missing)} behind`}
    </span>
  );
}

interface PictureProps extends LaneProps {
  frame: LaneFrame;
  picture: LanePicture;
  transport: string;
}

/** The lane itself: hundreds of lines are a canvas's business. Drawn whenever it is rendered. */
function Picture({ run, client, frame, picture, transport, message, packet, onSelect }: PictureProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const colors = useColors();
  useLayoutEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    const [width, height] = [Math.round(frame.width * ratio), Math.round(frame.height * ratio)];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintLane(context, frame, picture, { colors, transport, message, packet });
  });
  const onClick = (event: MouseEvent<HTMLCanvasElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const hit = hitLane(frame, picture, event.clientX - left, event.clientY - top);
    const number = run.trace.header?.clients.findIndex((one) => one.name === client) ?? 0;
    if (hit === null) onSelect(run.id, null);
    else if ('packet' in hit) onSelect(run.id, { kind: 'packet', seq: hit.packet });
    else onSelect(run.id, { kind: 'message', message: hit.message, client: Math.max(0, number) });
  };
  return (
    <canvas
      ref={ref}
      className={styles.canvas}
      style={{ width: frame.width, height: frame.height }}
      onClick={onClick}
    />
  );
}
