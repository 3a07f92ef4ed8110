import { expect, it } from 'vitest';
import { MSS } from '../constants.ts';
import type { CreateCongestion } from '../options.ts';
import { rig } from '../rig.testkit.ts';
import type { Socket } from '../socket.ts';
import { LossBased } from './loss-based.ts';
import { RateBased } from './rate-based.ts';

// Two that nobody can ask for: a socket takes any.

/** Reno (RFC 5681). */
class Reno extends LossBased {
  protected override reduced(): number {
    return Math.max(this.cwnd >> 1, 2);
  }

  protected override grow(acked: number): void {
    const rest = this.inSlowStart ? this.slowStart(acked) : acked;
    if (rest > 0) this.growByOneFor(this.cwnd, rest);
  }
}

/** Sends at a rate that it was given, whatever happens. */
class Constant extends RateBased {
  /** Bytes a µs. */
  override readonly pacingRate = 0.1;
  override readonly burst = 1;

  override start(): void {
    this.cwnd = 1_000_000;
  }
  override onTransmitStart(): void {}
  override onLoss(): number {
    return this.ssthresh;
  }
  override onTimeout(): void {}
  override undo(): number {
    return this.cwnd;
  }
  protected override onSample(): void {}
}

/** A transfer from the server over a round trip of 100 ms. */
function transfer(createCongestion: CreateCongestion, bytes: number, dropped?: number) {
  const { kernel, link, server, client, listen, connect } = rig({}, 1, { createCongestion });
  listen();
  server.onOpened = () => {
    if (dropped !== undefined)
      link.addFault({ kind: 'drop', direction: 'down', packet: 'data', nth: dropped, byUs: 0 });
    server.stream.write(bytes, 1);
  };
  let tookUs = Number.NaN;
  client.onReceived = () => {
    tookUs = kernel.nowUs;
  };
  connect();
  return {
    cwndAt(atUs: number): number {
      kernel.run(atUs);
      return (server.stream as Socket).congestion.cwnd;
    },
    tookUs(): number {
      kernel.run(600_000_000);
      return tookUs;
    },
  };
}

it('Reno is what all have that take a loss for a full path, and two rules: half after a loss, one a round trip', () => {
  const { cwndAt } = transfer((sender) => new Reno(sender), 5_000_000, 100);
  const windows = Array.from({ length: 12 }, (_, round) => cwndAt(240_000 + round * 100_000));
  expect(windows.slice(0, 4)).toEqual([10, 20, 40, 80]);
  // The acknowledgement of the 99th tells of the 101st as well: 110 is what is halved.
  expect(windows.slice(5)).toEqual([55, 56, 57, 58, 59, 60, 61]);
});

it('a congestion control that paces gets its rate', () => {
  const bytes = 1_000_000;
  const tookUs = transfer((sender) => new Constant(sender), bytes).tookUs();
  // SYN, its answer, and the last segment's way; the first nine are not paced, and the tenth begins.
  const pacedUs = (bytes - 9 * MSS) / 0.1;
  expect(Math.abs(tookUs - (150_000 + pacedUs)) / pacedUs).toBeLessThan(0.01);
});
