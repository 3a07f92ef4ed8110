import { PROXY } from '../kinds.ts';
import { clientPassedTo, passesPackets } from '../routes.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { hopTroubles } from './hop-trouble.ts';
import type { Lookup } from './lookup.ts';
import type { Part, Step } from './story.ts';
import { sentence, serverName, theClient, unitRowWords } from './words.ts';

const UNIT = COLUMN['unit.sent'];

/** Where what goes to a client lies until there is enough of it, as a stream does; '': nowhere. */
export function collectorOf({ header }: Trace, client: number): string {
  if (header?.clients[client]?.transport !== 'sse') return '';
  return header.proxy?.collects ? 'the proxy' : header.loadBalancer?.collects ? 'the load balancer' : '';
}

/** Rows of the units that brought a message for a client to those that pass requests on, oldest first. */
export function innerCarriers(lookup: Lookup, message: number, client: number): number[] {
  const { trace } = lookup;
  if (trace.header?.loadBalancer?.layer !== 7 && !trace.header?.proxy?.reads) return [];
  const units = trace.table('unit.sent');
  return lookup.balancerCarriers(message).filter((row) => {
    const connection = clientPassedTo(trace, units.get(row, UNIT.connection), units.atUs(row));
    return lookup.clientOf(connection) === client;
  });
}

/** The way of a message from its server to those that pass requests on, and what befell it there. */
export function balancerSteps(lookup: Lookup, message: number, client: number, untilUs: number): Step[] {
  const { trace } = lookup;
  const units = trace.table('unit.sent');
  return innerCarriers(lookup, message, client).flatMap((row) => {
    if (units.atUs(row) > untilUs) return [];
    const connection = units.get(row, UNIT.connection);
    const server = serverName(trace, lookup.serverOf(connection));
    const to = theClient(trace, lookup.clientOf(connection));
    const received = lookup.receivedRow(units.get(row, UNIT.unit));
    const thereUs = received < 0 ? Number.POSITIVE_INFINITY : trace.table('unit.received').atUs(received);
    const steps: Step[] = [
      {
        atUs: units.atUs(row),
        seq: units.get(row, 0),
        text: `${sentence(server)} → ${to.replace('the ', '')}: ${unitRowWords(trace, row)}`,
        tone: 'normal',
        term: lookup.clientOf(connection) === PROXY ? 'interception proxy' : 'layer 7',
      },
      ...hopTroubles(lookup, row, to, Math.min(thereUs, untilUs)),
    ];
    if (thereUs <= untilUs)
      steps.push({
        atUs: thereUs,
        seq: trace.table('unit.received').get(received, 0),
        text: `${to} receives it`,
        tone: 'normal',
        term: 'streaming and buffering',
      });
    return steps;
  });
}

/** What befell segments of a unit between a server and the load balancer. @param row of `unit.sent` */
export const balancerTroubles = (lookup: Lookup, row: number, untilUs: number): Step[] =>
  hopTroubles(lookup, row, 'the load balancer', untilUs);

/**
 * What the way of a unit to a load balancer at layer 4 was spent on; undefined: there is none. A segment from a server is
 * on the client's link only when that passes it on. @param row of `unit.sent`
 */
export function wayToBalancer(
  lookup: Lookup,
  row: number,
  untilUs: number,
): Pick<Part, 'kind' | 'label'> | undefined {
  if (!passesPackets(lookup.trace)) return undefined;
  return balancerTroubles(lookup, row, untilUs).some(({ tone }) => tone === 'loss')
    ? { kind: 'resend', label: 'lost before the load balancer, and sent again' }
    : { kind: 'network', label: 'to the load balancer' };
}
