import { memo } from 'react';
import type { Trace } from '../../trace/trace.ts';
import { peerLinksOf } from '../reading/peer-links.ts';
import { count, kilobytes } from '../readout/units.ts';
import { type Copy, type Cursor, type Inside, insideOf } from './inside.ts';
import styles from './node-inside.module.css';

/** The one thing that a node's card says: what waits in it, else what it owns, else what it has. */
export function nodeFact(trace: Trace, place: number, nowUs: number): string {
  const inside = insideOf(trace);
  const held = inside.buffersAt(nowUs).filter((one) => one.place === place);
  const bytes = held.reduce((sum, one) => sum + one.bytes, 0);
  if (bytes > 0) return `holds ${bytes < 1000 ? `${bytes} B` : `${kilobytes(bytes)} kB`}`;
  const copies = inside.copiesAt(nowUs).filter((copy) => copy.place === place);
  const end = copies.reduce((sum, copy) => sum + copy.end - copy.first, 0);
  const owned = inside.ownersAt(nowUs).filter(({ owner }) => owner === place);
  const [one] = owned;
  if (one !== undefined && owned.every(({ what }) => what === one.what && LEADER.test(what)))
    return `leads ${count(owned.length)} of ${count(inside.ownersAt(nowUs).filter(({ what }) => what === one.what).length)}`;
  if (owned.length === 1 && owned[0] !== undefined) return `${owned[0].what} ${owned[0].part}`;
  if (owned.length > 1) return `${count(owned.length)} × ${ownedWord(owned)}`;
  if (copies.length > 0) return end === 1 ? '1 entry' : `${count(end)} entries`;
  return `${count(peerLinksOf(trace).openOf(place, nowUs))} connected`;
}

const LEADER = /^leader of /;

/** What parts of one kind are called; of several kinds, parts. */
const ownedWord = (owned: readonly { what: string }[]): string => {
  const [first] = owned;
  return owned.every(({ what }) => what === first?.what) ? (first?.what ?? '') : 'parts';
};

const CELL = 8;
const GAP = 2;
/** A strip of cells, and below it the marks of those who read. */
const STRIP = 11;
const MARKS = 10;

interface NodeInsideProps {
  trace: Trace;
  place: number;
  nowUs: number;
  /** Height and width that there are, px. */
  room: number;
  width: number;
}

/** The newest entries of a node's logs as cells, with the positions of those who read them; or how full its buffers are. */
export function NodeInside({ trace, place, nowUs, room, width }: NodeInsideProps) {
  const inside = insideOf(trace);
  const copies = inside.copiesAt(nowUs).filter((copy) => copy.place === place);
  if (copies.length === 0) {
    const waiting = inside.buffersAt(nowUs).filter((one) => one.place === place);
    if (waiting.length === 0) return null;
    const limit = trace.header?.backplane.bufferLimitBytes;
    const most = limit ?? Math.max(1, ...waiting.map((one) => inside.fullest(place, one.peer)));
    const lines = Math.max(1, Math.floor(room / 8));
    return (
      <Gauges
        width={width}
        levels={waiting
          .slice(0, lines)
          .map((one) => Math.min(100, Math.round((one.bytes / most) * 100)))
          .join()}
      />
    );
  }
  const marks = room >= copies.length * (STRIP + MARKS) || copies.length === 1;
  const pitch = STRIP + (marks && room >= STRIP + MARKS ? MARKS : 0);
  const shown = copies.slice(0, Math.max(1, Math.floor(room / pitch)));
  const cells = Math.max(3, Math.floor((width + GAP) / (CELL + GAP)));
  return (
    <Strips
      width={width}
      pitch={pitch}
      rows={shown.map((copy) => stripOf(inside, copy, nowUs, cells)).join(';')}
    />
  );
}

/** What a strip shows, as text, so that it is drawn anew only when it looks different: cells, then marks under them. */
function stripOf(inside: Inside, copy: Copy, nowUs: number, cells: number): string {
  const cursors = inside.cursorsAt(copy.log, copy.partition, nowUs);
  const from = Math.max(copy.first, copy.end - cells);
  const behind = slowest(cursors);
  const kinds = Array.from({ length: copy.end - from }, (_, i) => {
    const offset = from + i;
    return behind >= 0 && offset >= behind ? 'u' : offset === copy.end - 1 ? 'n' : 'r';
  }).join('');
  const at = new Map<number, { read: number; committed: number }>();
  const mark = (offset: number, kind: 'read' | 'committed') => {
    if (offset < 0) return;
    const cell = Math.min(Math.max(offset - from, 0), copy.end - from);
    const marks = at.get(cell) ?? { read: 0, committed: 0 };
    marks[kind]++;
    at.set(cell, marks);
  };
  for (const { read, committed } of cursors) {
    if (read >= 0) mark(read, 'read');
    else mark(committed, 'committed');
  }
  const marks = [...at].map(([cell, { read, committed }]) => `${cell}:${read}:${committed}`).join(',');
  return `${kinds}|${marks}`;
}

/** The offset that everybody who reads has reached; -1: nobody reads. */
export function slowest(cursors: readonly Cursor[]): number {
  const reads = cursors.flatMap(({ read }) => (read < 0 ? [] : [read]));
  return reads.length === 0 ? -1 : Math.min(...reads);
}

const Strips = memo(function Strips({ width, pitch, rows }: { width: number; pitch: number; rows: string }) {
  const strips = rows.split(';').map((row) => row.split('|'));
  return (
    <svg className={styles.strips} width={width} height={strips.length * pitch} aria-hidden="true">
      {strips.map(([kinds = '', marks = ''], row) => {
        const y = row * pitch;
        const x0 = (width - (kinds.length * (CELL + GAP) - GAP)) / 2;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: strips have nothing but their place
          <g key={row}>
            {[...kinds].map((kind, i) => (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: cells slide through their places
                key={i}
                className={styles.cell}
                data-kind={kind}
                x={x0 + i * (CELL + GAP)}
                y={y}
                width={CELL}
                height={9}
                rx={1.5}
              />
            ))}
            {pitch > STRIP &&
              marks.split(',').map((text) => {
                const [cell = 0, read = 0] = text.split(':').map(Number);
                if (text === '') return null;
                // A position is before the cell that it points at.
                const x = x0 + cell * (CELL + GAP) - GAP / 2;
                return (
                  <path
                    key={text}
                    className={styles.mark}
                    data-read={read > 0}
                    d={`M${x},${y + 10.5}l3.5,6h-7z`}
                  />
                );
              })}
          </g>
        );
      })}
    </svg>
  );
});

const Gauges = memo(function Gauges({ width, levels }: { width: number; levels: string }) {
  const shares = levels.split(',').map(Number);
  return (
    <svg className={styles.strips} width={width} height={shares.length * 8} aria-hidden="true">
      {shares.map((share, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: gauges have nothing but their place
        <g key={row}>
          <rect className={styles.gauge} x={0.5} y={row * 8 + 0.5} width={width - 1} height={6} rx={2} />
          <rect className={styles.level} x={0} y={row * 8} width={(width * share) / 100} height={7} rx={2} />
        </g>
      ))}
    </svg>
  );
});
