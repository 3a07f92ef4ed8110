import { memo } from 'react';
import { type Stretch, ticksOf } from './axis.ts';
import styles from './waterfall.module.css';

interface RulesProps {
  stretch: Stretch;
  /** Left edge and width of the axis, px. */
  left: number;
  width: number;
  nowUs: number;
}

const placeOf = ({ stretch: { fromUs, toUs }, width }: RulesProps, us: number): number =>
  ((us - fromUs) / (toUs - fromUs)) * width;

/** The labels of the time axis, and now. @param titles of the columns beside it; none: they have no room */
export function Axis(props: RulesProps & { titles: readonly string[] }) {
  const { left, width, nowUs, stretch, titles } = props;
  const now = placeOf(props, nowUs);
  return (
    <div className={styles.axis} aria-hidden="true">
      {titles.length > 0 && <span className={styles.firstTitle}>{titles[0]}</span>}
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the figure's caption says what is shown */}
      <svg className={styles.ticks} style={{ left }} width={width} height={24}>
        <defs>
          {/* For the rows' pictures: what was held back is hatched. */}
          <pattern
            id="held-back"
            width={5}
            height={5}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <path className={styles.hatch} d="M0 0v5" />
          </pattern>
        </defs>
        <Ticks fromUs={stretch.fromUs} toUs={stretch.toUs} width={width} hiddenAt={Math.round(now)} />
        {now >= 0 && now <= width && (
          <g transform={`translate(${Math.min(width - 19, Math.max(19, now))} 0)`}>
            <rect className={styles.nowFlag} x={-19} y={4} width={38} height={17} rx={4} />
            <text className={styles.nowWord} y={16.5} textAnchor="middle">
              now
            </text>
          </g>
        )}
      </svg>
      {titles.length > 0 && (
        <span className={styles.lastTitles}>
          {titles.slice(2).map((title) => (
            <span key={title}>{title}</span>
          ))}
        </span>
      )}
    </div>
  );
}

/** @param hiddenAt where the word "now" stands: labels under it are left out */
const Ticks = memo(function Ticks(props: Stretch & { width: number; hiddenAt: number }) {
  const { fromUs, toUs, width, hiddenAt } = props;
  return ticksOf({ fromUs, toUs }, width).map(({ us, label }) => {
    const x = ((us - fromUs) / (toUs - fromUs)) * width;
    if (Math.abs(x - hiddenAt) < 42) return null;
    return (
      <text
        key={us}
        className={styles.tick}
        x={x}
        y={16.5}
        textAnchor={x < 18 ? 'start' : x > width - 24 ? 'end' : 'middle'}
      >
        {label}
      </text>
    );
  });
});

/** The lines of the axis behind the rows, and the one of now. */
export function Rules(props: RulesProps) {
  const { left, width, nowUs, stretch } = props;
  const now = placeOf(props, nowUs);
  return (
    <div role="presentation" className={styles.rules} style={{ left, width }}>
      {ticksOf(stretch, width).map(({ us }) => (
        <i key={us} style={{ left: placeOf(props, us) }} />
      ))}
      {now >= 0 && now <= width && <b style={{ left: now }} />}
    </div>
  );
}
