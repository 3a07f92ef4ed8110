import type { Target, Until } from '../pages/play/shown.ts';
import type { Trace } from '../trace/trace.ts';
import { type Condition, conditionWords, findNext, RECORD_KINDS } from './run-to.ts';

export { type Condition, conditionWords, findNext } from './run-to.ts';

/** What can be run to at the press of a button. */
export const TARGETS: readonly { id: string; title: string; condition: Condition }[] = [
  { id: 'loss', title: 'Next loss', condition: { kind: 'loss' } },
  { id: 'delivery', title: 'Next delivery', condition: { kind: 'delivery' } },
  { id: 'retransmission', title: 'Next retransmission', condition: { kind: 'retransmission' } },
  { id: 'state', title: 'Next change of a state', condition: { kind: 'state' } },
  { id: 'reconnection', title: 'Next reconnection', condition: { kind: 'reconnection' } },
  { id: 'fault', title: 'Next beginning or end of a fault', condition: { kind: 'fault' } },
  { id: 'slow', title: 'Next delivery slower than 200 ms', condition: { kind: 'latency', aboveMs: 200 } },
];

/** The targets as they are from a moment on. @param done whether the whole run is known */
export function targetsAt(trace: Trace, nowUs: number, done: boolean): readonly Target[] {
  return TARGETS.map(({ id, title, condition }) => {
    const found = findNext(trace, nowUs, condition);
    const effect =
      found !== null
        ? `At ${(found.atUs / 1e6).toFixed(3)} s ${found.words}.`
        : done
          ? `No further ${conditionWords(condition)} until the end of this run.`
          : 'Not known yet: the simulation is under way.';
    return { id, title, effect, enabled: found !== null || !done };
  });
}

/** What is looked for; undefined: nothing that is known here. */
export function conditionOf(target: string | Until): Condition | undefined {
  if (typeof target === 'string') return TARGETS.find(({ id }) => id === target)?.condition;
  if (target.kind !== 'record') return target;
  const record = RECORD_KINDS.find((kind) => kind === target.record);
  return record === undefined ? undefined : { kind: 'record', record };
}
