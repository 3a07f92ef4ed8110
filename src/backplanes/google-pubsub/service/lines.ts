import type { Entry } from '../wire.ts';

interface Sent {
  entry: Entry;
  acknowledged: boolean;
}

/**
 * What was sent of each ordering key, from the first message on that is not acknowledged: if one is to be sent again,
 * all behind it are, acknowledged or not.
 */
export class Lines {
  readonly #lines = new Map<number, Sent[]>();

  sent(entry: Entry): void {
    const line = this.#lines.get(entry.room) ?? [];
    this.#lines.set(entry.room, line);
    const known = line.find((one) => one.entry === entry);
    if (known === undefined) line.push({ entry, acknowledged: false });
    else known.acknowledged = false;
  }

  acknowledged(entry: Entry): void {
    const line = this.#lines.get(entry.room) ?? [];
    const known = line.find((one) => one.entry === entry);
    if (known !== undefined) known.acknowledged = true;
    while (line[0]?.acknowledged === true) line.shift();
  }

  /** A message and what was sent behind it, in order. @param all acknowledged ones too */
  from(entry: Entry, all: boolean): Entry[] {
    const line = this.#lines.get(entry.room) ?? [];
    const behind = line.filter((one) => one.entry.offset > entry.offset && (all || !one.acknowledged));
    return [entry, ...behind.map((one) => one.entry)];
  }
}
