import { KIND } from '../../trace/trace.ts';
import type { Sim } from '../contract/sim.ts';
import type { Session } from './session.ts';

/** The clients of sessions, by number, rising, each once. */
export function clientsOf(sessions: Iterable<Session>): number[] {
  const clients = [...sessions].map(({ exchange }) => exchange.content.client);
  return [...new Set(clients)].sort((a, b) => a - b);
}

/** Ends what a client has open in its transport's own way, and its connection with it. @param why for the record */
export function endPolitely({ trace, kernel }: Sim, server: number, session: Session, why: string): void {
  const { client } = session.exchange.content;
  trace.cause = trace.add(KIND['client.sent-away'], kernel.nowUs, client, server, trace.text(why));
  session.exchange.beLast();
  session.send({ type: 'shutdown' });
}
