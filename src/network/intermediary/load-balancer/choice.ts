import type { LoadBalancerPlan } from '../contract.ts';

/** Which server is next, and how much each has at hand. */
export class Choice {
  /** At hand now, at most, and ever: connections (layer 4) or requests under way (layer 7). */
  readonly open: number[];
  readonly peak: number[];
  readonly chosen: number[];
  readonly #algorithm: LoadBalancerPlan['algorithm'];
  #last = -1;

  constructor(servers: number, algorithm: LoadBalancerPlan['algorithm']) {
    const zeros = () => Array<number>(servers).fill(0);
    this.open = zeros();
    this.peak = zeros();
    this.chosen = zeros();
    this.#algorithm = algorithm;
  }

  /**
   * Chooses among servers, as HAProxy 3.0 (`balance`) and Linux IPVS (rr, lc) do: in turn; the one with the least at
   * hand, in turn among equals; or by a hash of the source over those that are there, so that a change of their number
   * moves most clients (HAProxy's map-based hash).
   * @param candidates numbers of servers, rising @param address of the client
   * @returns the server, or -1 if there is none
   */
  pick(candidates: readonly number[], address: number): number {
    if (candidates.length === 0) return -1;
    if (this.#algorithm === 'source-hash') return candidates[hashOf(address) % candidates.length] as number;
    const start = candidates.findIndex((server) => server > this.#last);
    const turn = start < 0 ? candidates : [...candidates.slice(start), ...candidates.slice(0, start)];
    let best = turn[0] as number;
    if (this.#algorithm === 'least-connections')
      for (const server of turn)
        if ((this.open[server] as number) < (this.open[best] as number)) best = server;
    this.#last = best;
    return best;
  }

  took(server: number): void {
    const open = ++(this.open[server] as number);
    (this.chosen[server] as number)++;
    this.peak[server] = Math.max(this.peak[server] as number, open);
  }

  left(server: number): void {
    (this.open[server] as number)--;
  }

  /** Forgets what is at hand. */
  clear(): void {
    this.open.fill(0);
  }
}

/** Murmur3's finalizer: every bit of the address reaches every bit of the hash. */
function hashOf(address: number): number {
  let hash = address >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
