import type { Sim } from '../contract/sim.ts';
import type { AskBackplane } from './asks.ts';
import type { Session } from './session.ts';

/**
 * Asks the backplane for what a new session's client has missed, where the replay buffer does not reach back to it.
 * @param goOn called once, with how many messages came: with the answer, or without one when the time is up
 * @returns whether the session has to wait for that
 */
export function askForReplay(
  sim: Sim,
  replay: AskBackplane,
  session: Session,
  timeoutUs: number,
  goOn: (replayed: number) => void,
): boolean {
  if (replay === null || !session.isBeyondBuffer) return false;
  const after = session.lastCopy;
  let waiting = true;
  const take = (replayed: readonly number[]) => {
    if (!waiting || session.instance < 0) return;
    waiting = false;
    session.replay(replayed);
    goOn(replayed.length);
  };
  replay(session.topics, after, take);
  sim.later(timeoutUs, () => take([]));
  return true;
}
