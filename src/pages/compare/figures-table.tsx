import { Fragment } from 'react';
import { count, kilobytes, milliseconds } from '../../views/readout/units.ts';
import styles from './figures.module.css';
import { type Mark, marksOf } from './marks.ts';
import type { CompareProps, FigureItem, SeedRange, VariantItem } from './model.ts';

/** What each variant came to over its whole run, as its report has it. The best and the worst of a row are marked. */
export function FiguresTable(props: CompareProps) {
  const { figures, claims, variants, luck, group, groups } = props;
  const sections = [...new Set(figures.map(({ section }) => section))];
  const whose = group === null ? 'everybody' : (groups.find(({ name }) => name === group)?.title ?? group);
  return (
    <div className={styles.scroller}>
      <Legend {...props} />
      <table className={styles.figures}>
        <caption className={styles.hidden}>
          What each variant came to over its whole run, for {whose}. Best and worst of each row are marked.
        </caption>
        <thead>
          <tr>
            <th scope="col">whole run</th>
            {variants.map((variant) => (
              <th key={variant.id} scope="col">
                <Head variant={variant} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {claims.map(({ title, about, values }) => (
            <tr key={title} className={styles.claim}>
              <th scope="row" title={about}>
                {title}
              </th>
              {new Set(values).size === 1 ? (
                <td colSpan={variants.length}>{values[0]}, in all of them</td>
              ) : (
                values.map((value, index) => <td key={variants[index]?.id ?? index}>{value}</td>)
              )}
            </tr>
          ))}
        </tbody>
        {sections.map((section) => (
          <tbody key={section}>
            <tr className={styles.section}>
              <th scope="rowgroup" colSpan={variants.length + 1}>
                {section}
              </th>
            </tr>
            {figures
              .filter((figure) => figure.section === section)
              .map((figure) => (
                <Row
                  key={figure.id}
                  figure={figure}
                  variants={variants}
                  ranges={luck.figures.get(figure.id) ?? null}
                  seeds={luck.done}
                />
              ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Head({ variant: { letter, name, run } }: { variant: VariantItem }) {
  return (
    <>
      <span className={styles.name}>
        <b>{letter}</b> {name}
      </span>
      {run.state === 'simulating' && (
        <small role="status">{Math.floor(run.progress * 100)} % simulated</small>
      )}
      {run.state === 'failed' && <small className={styles.failed}>✕ failed</small>}
    </>
  );
}

interface RowProps {
  figure: FigureItem;
  variants: readonly VariantItem[];
  ranges: readonly SeedRange[] | null;
  seeds: number;
}

function Row({ figure, variants, ranges, seeds }: RowProps) {
  const { title, unit, about, values, better } = figure;
  const marks = marksOf(values, better);
  const spread = ranges?.some(({ low, high }) => low !== high) ? ranges : null;
  return (
    <tr>
      <th scope="row" title={about}>
        {title} {unit !== '' && <small>{unit}</small>}
      </th>
      {values.map((value, index) => (
        <td key={variants[index]?.id ?? index} data-mark={marks[index] ?? undefined}>
          <MarkSign mark={marks[index] ?? null} />
          {value === null ? '–' : figureText(value, figure)}
          {spread !== null && <Spread range={spread[index]} figure={figure} seeds={seeds} />}
        </td>
      ))}
    </tr>
  );
}

function MarkSign({ mark }: { mark: Mark | null }) {
  if (mark === null) return null;
  return (
    <Fragment>
      <span className={styles.mark} aria-hidden="true">
        {mark === 'best' ? '▴' : '▾'}
      </span>
      <span className={styles.hidden}>{mark}: </span>
    </Fragment>
  );
}

/** Where the figure lies with other luck, and how often this variant is the best. */
function Spread({
  range,
  figure,
  seeds,
}: {
  range: SeedRange | undefined;
  figure: FigureItem;
  seeds: number;
}) {
  if (range === undefined) return null;
  const { low, high, best } = range;
  const text =
    low === high ? figureText(low, figure) : `${figureText(low, figure)} – ${figureText(high, figure)}`;
  return (
    <small className={styles.spread}>
      {text}
      {best > 0 && (
        <>
          <br />
          best in {best} of {seeds}
        </>
      )}
    </small>
  );
}

/** A figure in the unit of its row. */
function figureText(value: number, { unit }: FigureItem): string {
  switch (unit) {
    case 'ms':
      return milliseconds(value * 1000);
    case 'kB':
      return kilobytes(value);
    default:
      return count(value);
  }
}

/** What the marks mean, and whether the differences may be luck. */
function Legend({ luck, variants, seed, actions }: CompareProps) {
  const ready = variants.every(({ run }) => run.state !== 'simulating');
  return (
    <div className={styles.legend}>
      <span>
        <b data-mark="best">▴</b> best <b data-mark="worst">▾</b> worst of its row, seed {seed}
      </span>
      {luck.state === 'running' ? (
        <span role="status">
          <progress aria-label="Seeds that have been run" max={luck.of} value={luck.done} /> {luck.done} of{' '}
          {luck.of} seeds{' '}
          <button type="button" onClick={() => actions.stopSeeds()}>
            Stop
          </button>
        </span>
      ) : (
        <button
          type="button"
          disabled={!ready}
          title={`Runs every variant with the seeds 1 to ${luck.of}, and shows below each figure where it lies`}
          onClick={() => actions.runSeeds()}
        >
          {luck.done > 0 ? `Once more over ${luck.of} seeds` : 'Is this luck?'}
        </button>
      )}
      {luck.state !== 'running' && luck.done > 0 && (
        <span>small: lowest to highest of {luck.done} seeds</span>
      )}
      {luck.state === 'failed' && (
        <span role="alert">A run with another seed stopped by an error of this program: {luck.failure}</span>
      )}
    </div>
  );
}
