import type { ResponseFacts } from '../../engine/contract/facts.ts';

/**
 * How long a client's responses took, from the request's being handed to its connection: to their first byte, as the
 * responseStart of Resource Timing, and to their last, as its responseEnd.
 */
export class Responses implements ResponseFacts {
  readonly firstByteUs: number[] = [];
  readonly lastByteUs: number[] = [];

  began(us: number): void {
    this.firstByteUs.push(us);
  }

  ended(us: number): void {
    this.lastByteUs.push(us);
  }
}
