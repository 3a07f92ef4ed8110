import type { Place } from '../../../engine/contract/place.ts';
import { Channel } from '../channel.ts';
import { Fetcher } from '../fetcher.ts';
import type { Fetch, FetchedPart } from '../protocol.ts';
import type { Process } from './cluster.ts';
import type { Replica } from './replica.ts';

/** A follower asks again after this, when its leader did not answer (`replica.fetch.backoff.ms`). */
const FOLLOWER_BACKOFF_MS = 1000;
/** A follower lets its leader wait for so long (`replica.fetch.wait.max.ms`). */
const FOLLOWER_WAIT_US = 500_000;
/** A leader that does not answer for so long is connected to anew (`replica.socket.timeout.ms`). */
const LEADER_TIMEOUT_US = 30_000_000;

/** What a broker does for the partitions that it follows: it fetches from their leaders. */
export class Following {
  readonly #process: Process;
  readonly #channels = new Map<number, Channel>();
  readonly #fetchers = new Map<number, Fetcher>();

  constructor(process: Process) {
    this.#process = process;
  }

  /** The loops of fetches to all leaders that this broker follows. */
  follow(): void {
    const leaders = new Set<number>();
    for (const replica of this.#process.replicas) {
      const leader = replica?.state.leader ?? -1;
      if (leader >= 0 && leader !== this.#process.number) leaders.add(leader);
    }
    for (const leader of leaders) this.#fetcher(leader).wake();
  }

  #fetcher(leader: number): Fetcher {
    const known = this.#fetchers.get(leader);
    if (known !== undefined) return known;
    const fetching = { ask: (done: (ok: boolean) => void) => this.#ask(leader, done) };
    const fetcher = new Fetcher(this.#process.place, fetching, FOLLOWER_BACKOFF_MS);
    this.#fetchers.set(leader, fetcher);
    return fetcher;
  }

  /** Asks a leader for what comes after what it has. */
  #ask(leader: number, done: (ok: boolean) => void): boolean {
    const followed = this.#process.replicas.filter(
      (replica) => replica?.state.leader === leader,
    ) as Replica[];
    if (followed.length === 0) return false;
    const parts = followed.map(({ partition, log }) => ({
      partition,
      offset: log.end,
      lastEpoch: log.lastEpoch,
    }));
    const epochs = new Map(followed.map(({ partition, state }) => [partition, state.leaderEpoch]));
    const fetch: Fetch = {
      api: 'fetch',
      follower: this.#process.number,
      minBytes: 1,
      maxWaitUs: FOLLOWER_WAIT_US,
      parts,
    };
    const channel =
      this.#channels.get(leader) ??
      new Channel(this.#process.place, this.#process.cluster.io.nodes[leader] as Place);
    this.#channels.set(leader, channel);
    channel.ask(fetch, LEADER_TIMEOUT_US, (answer) => {
      if (answer === null) return done(false);
      let ok = true;
      for (const part of answer.parts ?? []) {
        const replica = this.#process.replicas[part.partition];
        // Who leads may have changed while the answer was under way.
        if (replica?.state.leader !== leader || replica.state.leaderEpoch !== epochs.get(part.partition))
          continue;
        ok = this.#takeIn(replica, part) && ok;
      }
      done(ok);
    });
    return true;
  }

  /** @returns whether the leader had something to say */
  #takeIn({ log, partition }: Replica, part: FetchedPart): boolean {
    const { witness } = this.#process.cluster;
    if (part.failure === 'not leader') return false;
    if (part.divergesAt >= 0) {
      witness.truncated(this.#process.place, partition, log.truncate(part.divergesAt));
      return true;
    }
    if (part.failure === 'offset out of range') {
      // Retention was quicker, or the log is longer than the leader's: it begins anew where the leader's does.
      witness.truncated(this.#process.place, partition, log.truncate(log.start));
      log.trim(part.logStart);
      return true;
    }
    for (const entry of part.entries) {
      log.append(entry);
      witness.appended(this.#process.place, partition, entry, false);
    }
    log.highWatermark = Math.min(part.highWatermark, log.end);
    if (part.logStart > log.start && part.logStart <= log.end) {
      log.trim(part.logStart);
      witness.trimmed(this.#process.place, partition, part.logStart);
    }
    return true;
  }
}
