import { memo } from 'react';
import type { Closed } from '../reading/places.ts';
import { transportColor } from '../theme/colors.ts';
import type { Curve } from './curve.ts';
import styles from './stage.module.css';
import type { StageLayout } from './stage-layout.ts';

interface LinkProps {
  curve: Curve;
  transport: string;
  open: boolean;
  selected: boolean;
  /** Which way nothing gets through. */
  cut: Closed;
  /** Width of what stands in its middle; 0: nothing does. */
  middle: number;
  /** Where along the way its label is. */
  share: number;
  /** The client is off the network: the link ends short of it. */
  off: boolean;
  /** The pointer is over it. */
  hovered: boolean;
  /** What is wrong with it, '' if nothing is. */
  trouble: string;
  /** Segments that are here and may not be handed over yet. */
  held: number;
}

/** Held segments that are drawn; the card has their number. */
const MOST_HELD = 6;

/** A client's link: dotted without a connection, with a gap and two bars where it is cut. */
export const LinkPath = memo(function LinkPath({
  curve,
  transport,
  open,
  selected,
  cut,
  middle: label,
  share,
  off,
  hovered,
  trouble,
  held,
}: LinkProps) {
  const middle = curve.at(share);
  return (
    <g>
      <path
        className={styles.link}
        d={curve.path}
        stroke={transportColor(transport)}
        data-open={open}
        data-selected={selected}
        data-hovered={hovered}
      />
      {cut !== '' && <Cut {...middle} way={cut} half={Math.max(6, label / 2 + 3)} />}
      {off && <Cut {...curve.at(1 - 20 / curve.length)} way="both" half={6} />}
      {Array.from({ length: Math.min(held, MOST_HELD) }, (_, i) => 9 + i * 11).map((away) => {
        const { x, y } = curve.at(1 - away / curve.length);
        return <circle key={away} className={styles.held} cx={x} cy={y} r={4} />;
      })}
      {trouble !== '' && (
        <text className={styles.trouble} x={middle.x} y={middle.y - 16} textAnchor="middle">
          {trouble}
        </text>
      )}
    </g>
  );
});

interface CutProps {
  x: number;
  y: number;
  dx: number;
  dy: number;
  way: 'up' | 'down' | 'both';
  /** Half of the gap. */
  half: number;
}

/** A gap across the way, and a bar at either side of it; cut one way only, the bars close half of it. */
export function Cut({ x, y, dx, dy, way, half }: CutProps) {
  // Downward traffic keeps to the right of the way from the server, upward traffic to the left.
  const [left, right] = [way === 'down' ? 0 : 9, way === 'up' ? 0 : 9];
  const bar = (away: number) => {
    const [cx, cy] = [x + dx * away, y + dy * away];
    return (
      <line
        className={styles.cut}
        x1={cx + dy * left}
        y1={cy - dx * left}
        x2={cx - dy * right}
        y2={cy + dx * right}
      />
    );
  };
  const [gx, gy] = [dx * half, dy * half];
  return (
    <>
      <line className={styles.gap} x1={x - gx} y1={y - gy} x2={x + gx} y2={y + gy} />
      {bar(-half)}
      {bar(half)}
    </>
  );
}

interface Hop2Props {
  layout: StageLayout;
  title: string;
  /** An update has just crossed it. */
  fresh: boolean;
  /** Servers that take nothing now, as a string of 0 and 1. */
  down: string;
}

/** Between a source and its server, where no network is in between: nothing leads on to the other servers. */
export const Hop2 = memo(function Hop2({ layout, title, fresh, down }: Hop2Props) {
  const curve = layout.hop2[0];
  if (curve === undefined) return null;
  const middle = curve.at(0.5);
  const one = layout.hop2.length === 1;
  const over = layout.upright || one ? -9 : -26;
  return (
    <g>
      <path
        className={styles.hop2}
        d={curve.path}
        data-fresh={fresh && down[0] !== '1'}
        data-down={down[0] === '1'}
      />
      {layout.upright ? (
        <text className={styles.underLine} x={middle.x + 12} y={layout.source.y + layout.source.height + 20}>
          <tspan className={styles.columnName}>Hop 2</tspan>
          <tspan dx="0.35em">· {`${title.toLowerCase()}, takes no time`}</tspan>
        </text>
      ) : (
        <>
          <text
            className={styles.onLine}
            x={middle.x}
            y={one ? middle.y + over : labelY(layout, 0)}
            textAnchor="middle"
          >
            {title.toLowerCase()}
          </text>
          <text
            className={styles.underLine}
            x={middle.x}
            y={one ? middle.y + 19 : labelY(layout, 16)}
            textAnchor="middle"
          >
            takes no time
          </text>
        </>
      )}
    </g>
  );
});

/** Beneath the source's card, where no line runs. */
const labelY = ({ source }: StageLayout, below: number) => source.y + source.height + 44 + below;

/** The words over the columns. */
export const ColumnLabels = memo(function ColumnLabels({
  layout,
  trouble,
}: {
  layout: StageLayout;
  trouble: string;
}) {
  const hop1 = layout.labels.find(({ text }) => text === 'Hop 1');
  return (
    <>
      {hop1 && trouble !== '' && (
        <text
          className={styles.trouble}
          x={hop1.x}
          y={hop1.y + (layout.upright ? -17 : 18)}
          textAnchor="middle"
        >
          {trouble}
        </text>
      )}
      {layout.labels.map(({ text, detail, x, y, anchor }) => (
        <text key={text} className={styles.column} x={x} y={y} textAnchor={anchor}>
          <tspan className={styles.columnName}>{text}</tspan>
          {detail ? <tspan dx="0.35em">· {detail}</tspan> : null}
        </text>
      ))}
    </>
  );
});
