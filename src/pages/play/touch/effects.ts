import { PACKET } from '../../../trace/kinds.ts';
import { asName, capital } from '../../../trace/names.ts';
import type { TraceHeader } from '../../../trace/trace.ts';
import { chosenSeconds, plural } from '../../../views/readout/units.ts';
import type { FaultOffer } from '../model.ts';
import { USUAL_MS } from './usual.ts';

/** What will happen if a fault is added, in a sentence or two, before it is. */
export function effectOf(offer: FaultOffer, header: TraceHeader | null): string {
  const { who, s } = whoIsHit(offer, header);
  const lasts = lengthOf(offer);
  switch (offer.kind) {
    case 'link-down':
      return cutEffect(offer, `${who} ${s('stall')}`, lasts);
    case 'loss-burst':
      return `${lasts}about 30 of 100 packets each way are lost; each is sent again, and ${who} ${s('wait')} for it.`;
    case 'link-change':
      return changeEffect(offer);
    case 'server-crash':
      return `${lasts}no server: every connection is closed, its replay buffer is gone, and all connect anew.`;
    case 'server-pause':
      return `${lasts}its process stands still. Its kernel goes on acknowledging, so nothing is lost, and all is late.`;
    case 'server-join':
      return joinEffect(offer, header);
    case 'server-drain':
      return drainEffect(offer, header, lasts);
    case 'load-balancer-crash':
      return `${lasts}no load balancer, and nobody gets through. It forgets all connections, and all connect anew.`;
    case 'load-balancer-pause':
      return `${lasts}its process stands still: requests wait, and health checks too.`;
    case 'client-disconnect':
      return `${lasts}off the network, and ${who} ${s('know')} it: connections are closed, and made anew afterwards.`;
    case 'client-sleep':
      return `${lasts}timers and scripts are frozen. What comes waits in the kernel and is shown on waking.`;
    case 'network-switch':
      return `From Wi-Fi to cellular: a new address. ${capital(who)} ${s('connect')} anew; the server is not told, and sends into dead connections.`;
    case 'dns-down':
      return `${lasts}no lookups. Open connections do not care; who has to connect asks again every five seconds.`;
    case 'broker-crash':
      return `${lasts}a node of the backplane is gone with all that it had in memory; who was connected to it connects anew.`;
    case 'broker-pause':
      return `${lasts}a node of the backplane stands still. Its kernel goes on acknowledging, so nobody notices by TCP.`;
    case 'partition':
      return offer.between?.includes(header?.loadBalancer?.name ?? '')
        ? `${lasts}packets between the two vanish. The server lives and hears of every update; health checks find it dead, once enough of them have failed.`
        : `${lasts}packets between the two vanish, and nobody is told. TCP keeps trying, at longer and longer intervals.`;
    case 'clock-skew':
      return `${lasts}a clock is wrong. Who compares times of two clocks is misled; nobody else notices.`;
    case 'publish':
      return 'Each character is published at once, as a message of its own, and travels to everybody.';
    case 'packet-drop':
      return each(offer) + dropEffect(offer);
    case 'packet-delay':
      return `${each(offer)}It arrives ${offer.byMs ?? 200} ms later. What comes behind it in its connection waits, or overtakes it and is taken for a loss.`;
    case 'packet-duplicate':
      return `${each(offer)}It arrives twice. TCP throws the second copy away and says so (DSACK); the bytes are paid for.`;
  }
}

/** What will happen if the cut of a link ends. */
export const MEND_EFFECT =
  'Packets pass again from now on. TCP goes on when its next retransmission is due, which may be a while.';

/** What a drag of a round trip does. */
export const rttEffect = (name: string): string =>
  `Drag to change the round trip of ${name}’s link from the playhead on (at 0 s: for the whole run); with Shift finely. Click for more.`;

function cutEffect({ direction }: FaultOffer, stall: string, lasts: string): string {
  if (direction === 'up')
    return `${lasts}requests and acknowledgements vanish. What the server sends arrives, and is sent again and again.`;
  if (direction === 'down')
    return `${lasts}what the server sends vanishes. Requests arrive; their answers do not, and TCP keeps trying.`;
  return `${lasts}${stall}, and nobody is told. TCP keeps trying, at longer and longer intervals.`;
}

function changeEffect({ set = {}, forMs = null }: FaultOffer): string {
  const parts = [
    ...(set.rttMs === undefined ? [] : [`the round trip is ${set.rttMs} ms`]),
    ...(set.lossPct === undefined ? [] : [`${set.lossPct} % of the packets are lost each way`]),
  ];
  const since = forMs === null ? 'From now on ' : lengthOf({ kind: 'link-change', forMs });
  return `${since}${parts.join(' and ')}. What is under way keeps its fate.`;
}

function joinEffect({ target }: FaultOffer, header: TraceHeader | null): string {
  const name = asName(target ?? '');
  const there = header?.servers.some((server) => server.name === target) === true;
  return `Until this moment nobody is at the address of ${name}${there ? ', from the start of the run on' : ''}; then it begins its work. Who belongs to it from then on connects anew.`;
}

function drainEffect({ spreadMs = 5000 }: FaultOffer, header: TraceHeader | null, lasts: string): string {
  const alone = header?.servers.length === 1 ? ' There is no other: they wait until it is over.' : '';
  return `${lasts}it takes no new connections. Within ${chosenSeconds(spreadMs * 1000)} its clients are told, one after the other, to connect anew.${alone}`;
}

/** Where a packet is counted on each link between many. */
function each({ between = [] }: FaultOffer): string {
  const many = between.some((end) => ['servers', 'backplane', 'publishers'].includes(end));
  return many ? 'One on each link between them. ' : '';
}

function dropEffect({ packet, what }: FaultOffer): string {
  if (packet === 'syn' || packet === 'synack' || (what !== undefined && what & PACKET.SYN))
    return 'The connection is not made before it is sent again, a second later.';
  if (packet === 'any' && what !== undefined && !(what & PACKET.DATA))
    return 'Only an acknowledgement: the next one makes up for it, or something is sent twice.';
  return 'It is sent again when others overtake it, or after a timeout; what is behind it in its connection waits.';
}

/** `For 2.00 s: `, `Until it is mended: `. */
function lengthOf({ kind, forMs }: Pick<FaultOffer, 'kind' | 'forMs'>): string {
  const ms = forMs === undefined ? USUAL_MS[kind] : forMs;
  if (ms === undefined || ms === null)
    return kind === 'link-down' ? 'Until it is mended, ' : 'Until the end, ';
  return `For ${chosenSeconds(ms * 1000)}, `;
}

/** `SSE`, `polling and WebSocket`, `12 clients`; and what a verb is like after it. */
function whoIsHit({ target }: FaultOffer, header: TraceHeader | null) {
  const clients = header?.clients ?? [];
  const hit = clients.filter(({ name, group }) => target === null || target === group || target === name);
  const names = [...new Set(hit.map(({ groupTitle, group }) => groupTitle || group))];
  const s = (verb: string) => (names.length === 1 ? `${verb}s` : verb);
  if (names.length === 0 || names.length > 5)
    return { who: plural(hit.length || clients.length, 'client'), s };
  const last = names.at(-1) ?? '';
  return { who: names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`, s };
}
