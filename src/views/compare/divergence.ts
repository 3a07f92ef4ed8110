import { type FieldType, KIND_NAMES, KINDS } from '../../trace/kinds.ts';
import type { Chunk, Table } from '../../trace/table.ts';
import type { Trace } from '../../trace/trace.ts';

/** Where two runs part. */
export interface Divergence {
  /** How many records are the same in both before that. */
  same: number;
  /** The time of the first record that the other run does not have, the earlier one's where both have one. */
  atUs: number;
}

/**
 * Finds the first record that differs, or that only one of the runs has; null: there is none.
 *
 * Records are numbered across all tables, so the runs part at the smallest number at which any table does, and a table
 * needs to be looked at no further than that. Texts and links are compared by what they say, for two runs may number
 * them differently.
 */
export function firstDivergence(a: Trace, b: Trace): Divergence | null {
  const text = numbersIn(a.strings, b.strings);
  const names = (trace: Trace) => trace.header?.links.map(({ name }) => name) ?? [];
  const linkOf = numbersIn(names(a), names(b));
  const link = (value: number) => {
    const number = linkOf(value >> 1);
    return number < 0 ? -1 : number * 2 + (value & 1);
  };
  let first = Number.POSITIVE_INFINITY;
  let atUs = 0;
  KIND_NAMES.forEach((kind, number) => {
    const [one, other] = [a.tables[number], b.tables[number]];
    if (one === undefined || other === undefined) return;
    const columns = Object.values(KINDS[kind] as Record<string, FieldType>).map((type) =>
      type === 'text' ? text : type === 'link' ? link : null,
    );
    const row = firstRow(one, other, [null, null, ...columns], first);
    for (const table of [one, other]) {
      if (row >= table.length) continue;
      const seq = table.get(row, 0);
      if (seq < first || (seq === first && table.atUs(row) < atUs)) {
        first = seq;
        atUs = table.atUs(row);
      }
    }
  });
  return first === Number.POSITIVE_INFINITY ? null : { same: first, atUs };
}

/** Gives for a number in one list the number that the same entry has in the other; -1: none. Few differ, if any. */
function numbersIn(one: readonly string[], other: readonly string[]): (number: number) => number {
  const index = new Map(other.map((entry, number) => [entry, number]));
  const numbers = one.map((entry, number) => (other[number] === entry ? number : (index.get(entry) ?? -1)));
  return (number) => (number >= 0 && number < numbers.length ? (numbers[number] as number) : number);
}

/**
 * The first row at which two tables differ; the shorter one's length if it is the other's beginning.
 * @param columns how to translate a value of `one`; null: as it is @param beforeSeq rows from here on do not matter
 */
function firstRow(
  one: Table,
  other: Table,
  columns: readonly (((value: number) => number) | null)[],
  beforeSeq: number,
): number {
  let row = 0;
  for (let index = 0; ; index++) {
    const [left, right] = [one.chunks[index], other.chunks[index]];
    if (left === undefined || right === undefined) return row;
    const rows = Math.min(left.rows, right.rows);
    const differs = firstInChunk(left, right, rows, columns);
    row += differs;
    if (differs < rows || left.rows !== right.rows) return row;
    if ((left.data[left.rows - 1] as number) >= beforeSeq) return row;
  }
}

function firstInChunk(
  left: Chunk,
  right: Chunk,
  rows: number,
  columns: readonly (((value: number) => number) | null)[],
): number {
  let first = rows;
  for (let row = 0; row < first; row++) if (left.atUs[row] !== right.atUs[row]) first = row;
  columns.forEach((translate, column) => {
    const [atLeft, atRight] = [column * left.stride, column * right.stride];
    for (let row = 0; row < first; row++) {
      const value = left.data[atLeft + row] as number;
      if ((translate === null ? value : translate(value)) !== right.data[atRight + row]) first = row;
    }
  });
  return first;
}
