import { seconds } from '../readout/units.ts';
import { useFrame } from '../use-frame.ts';
import { useSize } from '../use-size.ts';
import { timeTicks } from './axis.ts';
import { Lane } from './lane.tsx';
import styles from './lanes.module.css';
import { publishedAt } from './model.ts';
import { laneFrame, xOf } from './paint.ts';
import type { LanesProps } from './props.ts';

/** Width of the words left and right of a lane, where they stand beside it. */
const WORDS = 172 + 152;
/** Narrower than this, words stand above the lane. */
const STACKED = 620;
const AXIS = 34;

/**
 * The last moments of several runs below each other, on one time axis: servers above, the client below, and packets
 * between them on their way. What was published at one moment lies on one line through all lanes.
 */
export function Lanes(props: LanesProps) {
  const [ref, size] = useSize<HTMLElement>();
  return (
    <figure ref={ref} className={styles.lanes} aria-label="Lanes of the variants">
      {size && size.width > 200 && <At {...props} width={size.width} height={size.height} />}
    </figure>
  );
}

function At(props: LanesProps & { width: number; height: number }) {
  const { runs, playhead, windowUs, width, height, selection } = props;
  useFrame(playhead);
  const stacked = width < STACKED;
  const laneWidth = stacked ? width - 24 : width - WORDS;
  const room = (height - AXIS) / Math.max(1, runs.length) - (stacked ? 46 : 1);
  const laneHeight = Math.round(Math.min(96, Math.max(stacked ? 52 : 46, room)));
  const { nowUs } = playhead;
  const chosen = selection?.what.kind === 'message' ? selection.what.message : -1;
  return (
    <>
      <figcaption className={styles.hidden}>
        The {seconds(windowUs)} up to {seconds(nowUs)} of {runs.length} variants with the same luck.
      </figcaption>
      <TimeAxis {...props} stacked={stacked} laneWidth={laneWidth} />
      <ol className={styles.list}>
        {runs.map((run) => (
          <Lane
            key={run.id}
            {...props}
            run={run}
            stacked={stacked}
            width={laneWidth}
            height={laneHeight}
            message={chosen}
            packet={
              selection?.variant === run.id && selection.what.kind === 'packet' ? selection.what.seq : -1
            }
          />
        ))}
      </ol>
    </>
  );
}

/** Times, and above them what was published at the source: the same for all runs with the same arrivals. */
function TimeAxis({
  runs,
  playhead,
  windowUs,
  stacked,
  laneWidth,
}: LanesProps & { stacked: boolean; laneWidth: number }) {
  const { nowUs } = playhead;
  const frame = laneFrame(laneWidth, AXIS, nowUs, windowUs);
  const first = runs[0]?.trace;
  const published = first === undefined ? [] : publishedAt(first, 0, frame.fromUs, nowUs);
  let lastX = Number.NEGATIVE_INFINITY;
  const letters = published.filter(({ atUs }) => {
    const x = xOf(frame, atUs);
    if (x - lastX < 9) return false;
    lastX = x;
    return true;
  });
  return (
    <div className={styles.axis} data-stacked={stacked} aria-hidden="true">
      <span className={styles.axisName}>typed</span>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: it is hidden; each lane has its figures in words */}
      <svg width={laneWidth} height={AXIS}>
        {letters.map(({ atUs, message, text }) => (
          <text key={message} className={styles.typed} x={xOf(frame, atUs)} y={12} textAnchor="middle">
            {text === ' ' ? '␣' : text === '' ? '•' : text}
          </text>
        ))}
        {timeTicks(frame.fromUs, nowUs, laneWidth).map(({ us, label }) => (
          <text key={us} className={styles.tick} x={xOf(frame, us)} y={29} textAnchor="middle">
            {label}
          </text>
        ))}
      </svg>
    </div>
  );
}
