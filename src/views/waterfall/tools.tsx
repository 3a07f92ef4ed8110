import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { clientName, serverName } from '../log/owners.ts';
import { Term } from '../now/term.tsx';
import { wordFor } from '../reading/words.ts';
import { duration, kilobytes, plural, seconds } from '../readout/units.ts';
import { stretchOf, type View, zoomedAtNow } from './axis.ts';
import { exchangesOf } from './exchanges.ts';
import { figuresOf } from './marks.ts';
import { connectionOf, type Exchange } from './model.ts';
import { endingOf, PHASES, type Phase, type Span, spansOf } from './spans.ts';
import styles from './waterfall.module.css';

interface ToolsProps {
  view: View;
  onView(view: View): void;
  nowUs: number;
  endUs: number;
}

/** Stretches that are offered to look at around now. */
const SPAN_US = 2_000_000;

/** Which stretch of time to look at. */
export function Tools({ view, onView, nowUs, endUs }: ToolsProps) {
  const { fromUs, toUs } = stretchOf(view, nowUs, endUs);
  return (
    <div className={styles.tools} role="toolbar" aria-label="Time axis">
      <button
        type="button"
        className={styles.chip}
        aria-pressed={view.kind === 'all'}
        onClick={() => onView({ kind: 'all' })}
      >
        all so far
      </button>
      <button
        type="button"
        className={styles.chip}
        aria-pressed={view.kind === 'now'}
        onClick={() => onView({ kind: 'now', spanUs: view.kind === 'now' ? view.spanUs : SPAN_US })}
      >
        around now
      </button>
      <button
        type="button"
        className={styles.chip}
        aria-label="Show more time"
        title="Show more time (−)"
        onClick={() => onView(zoomedAtNow(view, 2, nowUs, endUs))}
      >
        −
      </button>
      <button
        type="button"
        className={styles.chip}
        aria-label="Show less time"
        title="Show less time (+)"
        onClick={() => onView(zoomedAtNow(view, 0.5, nowUs, endUs))}
      >
        +
      </button>
      <span className={styles.span}>{duration(toUs - fromUs)} in sight</span>
    </div>
  );
}

/** Phases in the order in which they come, each with its word, and the rule behind it. */
const LEGEND: [phase: Phase, words: string, term: string][] = [
  ['DNS', 'DNS', 'DNS cache'],
  ['TCP connect', 'TCP', 'TCP handshake'],
  ['TLS', 'TLS', 'TLS handshake'],
  ['request', 'request', ''],
  ['waiting', 'waiting', 'first byte and last byte'],
  ['receiving', 'receiving', 'streaming and buffering'],
  ['stream', 'open stream', ''],
  ['closing', 'closing', ''],
];

interface FootProps {
  trace: Trace;
  header: TraceHeader;
  /** Row of `connection.attempted`, undefined: none is looked at. */
  row: number | undefined;
  nowUs: number;
  narrow: boolean;
}

/** The numbers of the connection under the pointer, in focus or selected. */
export function Foot({ trace, header, row, nowUs, narrow }: FootProps) {
  if (row === undefined) return <Legend narrow={narrow} />;
  const connection = connectionOf(trace, row);
  const { bytes, packets, requests } = figuresOf(trace, connection.connection, nowUs);
  const exchanges = exchangesOf(trace, connection.connection, 0, nowUs);
  const spans = spansOf(connection, exchanges, nowUs);
  const ending = endingOf(connection, nowUs);
  return (
    <p className={styles.foot} data-narrow={narrow}>
      <b>
        Connection {connection.connection}, {clientName(header, connection.client)} to{' '}
        {serverName(header, connection.server)}
      </b>{' '}
      for “{wordFor(header, connection.what)}”, from {seconds(connection.startUs)} on. {phaseWords(spans)}.{' '}
      {answerWords(exchanges, connection.stream, nowUs)} {plural(requests, 'request')},{' '}
      {plural(packets, 'packet')}, {kilobytes(bytes)} kB
      {ending ? `; ${ending.words} at ${seconds(ending.atUs)}` : ''}.
    </p>
  );
}

/** What the bars and marks mean. */
function Legend({ narrow }: { narrow: boolean }) {
  return (
    <div className={styles.foot} data-narrow={narrow}>
      <ul className={styles.legend} aria-label="What the bars mean">
        {LEGEND.map(([phase, words, term]) => (
          <li key={phase}>
            <i data-phase={phase} />
            <Term term={term}>{words}</Term>
          </li>
        ))}
        <li>↑ sent again</li>
        <li className={styles.loss}>✕ lost</li>
        <li>
          <i data-phase="held" />
          <Term term="head-of-line blocking">held back</Term>
        </li>
      </ul>
      {!narrow && 'Drag or ← → to move along the axis, + − or Ctrl with the wheel to zoom.'}
    </div>
  );
}

/** How long each phase has lasted in all: "TCP connect 101 ms, TLS 107 ms". */
export function phaseWords(spans: readonly Span[]): string {
  const sums = new Map<Phase, number>();
  for (const { phase, fromUs, toUs } of spans) sums.set(phase, (sums.get(phase) ?? 0) + toUs - fromUs);
  return PHASES.flatMap((phase) => {
    const us = sums.get(phase);
    return us === undefined ? [] : [`${phase === 'stream' ? 'open stream' : phase} ${duration(us)}`];
  }).join(', ');
}

/**
 * How long after its request the newest answer began and was whole: "Newest answer: first byte after 88 ms, last byte
 * after 4.7 s." The answer that a stream begins with goes on. Empty: none has begun.
 */
export function answerWords(exchanges: readonly Exchange[], stream: boolean, nowUs: number): string {
  const newest = exchanges.findLast(({ firstByteUs }) => firstByteUs !== null && firstByteUs <= nowUs);
  if (newest === undefined || newest.firstByteUs === null) return '';
  const { requestUs, firstByteUs, doneUs } = newest;
  const after = (us: number) => `after ${duration(us - requestUs)}`;
  const first = `first byte ${after(firstByteUs)}`;
  if (stream) return `Answer: ${first}.`;
  if (doneUs === null || doneUs > nowUs) return `Newest answer: ${first}, last byte not here yet.`;
  return `Newest answer: ${first}, last byte ${after(doneUs)}.`;
}
