import { closeSync, openSync, writeSync } from 'node:fs';
import type { Trace } from '../trace/trace.ts';
import { Refusal } from './args.ts';
import { reasonOf } from './source.ts';

/** Characters that are gathered before they are written. */
const CHUNK = 1 << 16;

/** A file that a trace will go to; it is opened before the run, so that a run is not made in vain. */
export class TraceFile {
  readonly #name: string;
  readonly #descriptor: number;

  /** @throws {Refusal} if it cannot be written */
  constructor(name: string) {
    this.#name = name;
    this.#descriptor = this.#attempt(() => openSync(name, 'w'));
  }

  /** Writes every record that was kept, one JSON object a line, oldest first. */
  write(trace: Trace): void {
    let text = '';
    for (const record of trace.all()) {
      text += `${JSON.stringify(record)}\n`;
      if (text.length >= CHUNK) {
        this.#put(text);
        text = '';
      }
    }
    this.#put(text);
    this.#attempt(() => closeSync(this.#descriptor));
  }

  #put(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    this.#attempt(() => {
      // A pipe may take less than it is given.
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
    });
  }

  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw new Refusal(`${this.#name}: cannot be written: ${reasonOf(error)}`);
    }
  }
}
