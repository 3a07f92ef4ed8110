import { KIND } from '../../trace/trace.ts';
import type { Sim } from '../contract/sim.ts';
import type { TransportPlugin } from '../contract/transport.ts';
import { compileMachine } from '../machine/compile.ts';
import { Population } from '../machine/population.ts';
import type { Serving, Session } from './session.ts';

/**
 * Makes a server able to serve a transport: its machine, for all sessions of it.
 * @param server whose sessions wait while it stands still @param finish told of each session that has come to its end
 */
export function createServing(
  sim: Sim,
  plugin: TransportPlugin,
  server: { readonly paused: boolean },
  finish: (session: Session) => void,
): Serving {
  const { trace, kernel } = sim;
  const { effects, machine } = plugin.server;
  const sessions: Session[] = [];
  const timerText = (timer: number) => trace.text(population.timerName(timer));
  const population: Population = new Population(compileMachine(machine), kernel, {
    effect: (instance, name, params, event) => {
      const session = sessions[instance] as Session;
      if (session.instance < 0) return;
      (effects[name] as (typeof effects)[string])(session, params, event);
    },
    moved: (instance, from, to, event) => {
      const session = sessions[instance] as Session;
      trace.add(
        KIND['machine.moved'],
        kernel.nowUs,
        session.actor,
        trace.text(from),
        trace.text(to),
        trace.text(event),
      );
      // Nothing comes after a final state; its number is given back once the effects are done.
      if (to === 'done') sim.later(0, () => finish(session));
    },
    held: () => server.paused,
    due: (_, mark) => {
      trace.cause = mark;
    },
    timed: (instance, timer, delayUs) => {
      const actor = sessions[instance]?.actor ?? -1;
      if (delayUs < 0) return trace.add(KIND['timer.stopped'], kernel.nowUs, actor, timerText(timer));
      return trace.add(KIND['timer.started'], kernel.nowUs, actor, timerText(timer), delayUs);
    },
  });
  return { plugin, population, options: {}, sessions };
}

/** Records that a session's machine begins its work. */
export function recordSession({ trace, kernel }: Sim, server: number, session: Session): void {
  const { content, connection } = session.exchange;
  const role = trace.text(`${session.serving.plugin.manifest.kind} server`);
  trace.add(KIND['actor.started'], kernel.nowUs, session.actor, role, content.client, server, connection);
}
