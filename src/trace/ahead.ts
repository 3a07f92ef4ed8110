import type { Table } from './table.ts';

/** Rows that are read on by at a time. */
const PIECE = 512;

/** Something that is made of a table as it grows, and that nobody wants to wait for when it is needed. */
export interface Follower {
  /**
   * Reads on by a piece that takes a fraction of a millisecond.
   * @returns whether there is more to read
   */
  readOn(): boolean;
}

/** Held weakly: what a view has dropped is not read on for. */
const followers = new WeakMap<Table, WeakRef<Follower>[]>();

/** Has a follower of a table read on whenever there is time ({@link readAhead}). */
export function follow(table: Table, follower: Follower): void {
  const known = followers.get(table);
  if (known === undefined) followers.set(table, [new WeakRef(follower)]);
  else known.push(new WeakRef(follower));
}

/**
 * Lets the followers of these tables read on, each to the end of what is there.
 * @param isTime asked before each piece
 * @returns whether all have come to the end
 */
export function readAhead(tables: readonly Table[], isTime: () => boolean): boolean {
  for (const table of tables) {
    const alive = (followers.get(table) ?? []).filter((one) => one.deref() !== undefined);
    followers.set(table, alive);
    for (const one of alive) {
      do {
        if (!isTime()) return false;
      } while (one.deref()?.readOn());
    }
  }
  return true;
}

/** A follower that takes in each row of a table once, in their order. */
export abstract class TableReader implements Follower {
  protected readonly table: Table;
  #read = 0;

  constructor(table: Table) {
    this.table = table;
    follow(table, this);
  }

  readOn(): boolean {
    this.#readTo(Math.min(this.#read + PIECE, this.table.length));
    return this.#read < this.table.length;
  }

  /** Takes in all that is there. */
  protected catchUp(): void {
    if (this.#read < this.table.length) this.#readTo(this.table.length);
  }

  /** Takes in a row: called once for each, at any time after it is there. */
  protected abstract take(row: number): void;

  #readTo(end: number): void {
    for (; this.#read < end; this.#read++) this.take(this.#read);
  }
}
