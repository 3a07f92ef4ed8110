import type { BackplaneManifest } from '../../engine/contract/backplane.ts';
import type { GroupPlan, Plan, PublisherPlan } from '../../engine/contract/plan.ts';
import { plainNumber } from './fields.ts';
import { LIMITS } from './limits.ts';
import type { Problem } from './problems.ts';

/** Kernel events that a piece of work takes, as counted in runs without loss. */
const EVENTS = {
  /** A request and its answer on a connection that is open. */
  request: 12,
  /** A connection: SYN to FIN, TLS and DNS included. */
  connection: 15,
  /** A message pushed to one client: CPU, segment, acknowledgement, timers. */
  delivery: 5,
  /** A ping and its pong. */
  heartbeat: 7,
  /** A copy of a message from one process of hop 2 to another: segment, acknowledgement, CPU. */
  copy: 6,
} as const;

/** What a run will cost at most, roughly, as far as it can be told beforehand. */
export interface Cost {
  messages: number;
  messagesPerSecond: number;
  deliveries: number;
  events: number;
}

/** Estimates a run's size from rates and counts; what loss adds is not in it. */
export function estimate(plan: Plan, { links }: Pick<BackplaneManifest, 'links'>): Cost {
  const byRoom = new Map<string, number>();
  let messagesPerSecond = 0;
  let messages = 0;
  for (const publisher of plan.publishers) {
    const count = messagesOf(publisher, plan.durationMs);
    messages += count;
    messagesPerSecond += rateOf(publisher, count, plan.durationMs);
    byRoom.set(publisher.room, (byRoom.get(publisher.room) ?? 0) + count);
  }
  let deliveries = 0;
  // From the source to the backplane, and from there to each server.
  let events = messages + (links.length > 0 ? messages * (1 + plan.servers.count) * EVENTS.copy : 0);
  for (const group of plan.clients) {
    const heard = group.rooms.reduce((sum, room) => sum + (byRoom.get(room) ?? 0), 0) * group.count;
    deliveries += heard;
    events += eventsOf(group, heard, plan);
  }
  return { messages, messagesPerSecond, deliveries, events };
}

function messagesOf({ arrivals, startMs }: PublisherPlan, durationMs: number): number {
  const spanMs = Math.max(0, durationMs - startMs);
  switch (arrivals.kind) {
    case 'periodic':
      return Math.ceil(spanMs / arrivals.everyMs);
    case 'burst':
      return Math.ceil(spanMs / arrivals.everyMs) * arrivals.size;
    case 'poisson':
      return (spanMs / 1000) * arrivals.perSecond;
    case 'at':
      return arrivals.timesMs.length;
  }
}

/** Messages a second while it publishes. Single moments have no rate. */
function rateOf(publisher: PublisherPlan, count: number, durationMs: number): number {
  const { arrivals } = publisher;
  if (arrivals.kind === 'at') return 0;
  if (arrivals.kind === 'poisson') return arrivals.perSecond;
  return (count / Math.max(1_000, durationMs - publisher.startMs)) * 1_000;
}

/** @param heard messages that the group's clients are to get */
function eventsOf(group: GroupPlan, heard: number, plan: Plan): number {
  const runMs = Math.max(0, plan.durationMs + plan.settleMs - group.startMs);
  const { kind, ...options } = group.transport;
  const every = (periodMs: number) => (periodMs > 0 ? (runMs / periodMs) * group.count : 0);
  const option = (key: string) => (typeof options[key] === 'number' ? (options[key] as number) : 0);
  const perRequest = EVENTS.request + (options.keepAlive === false ? EVENTS.connection : 0);
  const opening = EVENTS.connection * group.count;
  // A client has one request under way at a time, so a long round trip means fewer of them.
  const roundTripMs = Math.max(1, group.network.rttMs);
  if (kind === 'polling') {
    const afterAnswer = options.schedule === 'after-response';
    const interval = option('intervalMs');
    return (
      opening + every(afterAnswer ? interval + roundTripMs : Math.max(interval, roundTripMs)) * perRequest
    );
  }
  if (kind === 'long-polling') {
    return opening + (Math.min(heard, every(roundTripMs)) + every(option('holdMs'))) * perRequest;
  }
  return opening + heard * EVENTS.delivery + every(option('pingIntervalMs')) * EVENTS.heartbeat;
}

/** Refuses what would take too long or too much memory, before it is begun. */
export function costProblems(plan: Plan, backplane: BackplaneManifest): Problem[] {
  const cost = estimate(plan, backplane);
  const over = (path: string, what: string, limit: number, got: number): Problem[] =>
    got <= limit
      ? []
      : [
          {
            path,
            message: `expected at most ${plainNumber(limit)} ${what}, got about ${plainNumber(Math.round(got))}`,
          },
        ];
  return [
    ...over('publishers', 'messages a second', LIMITS.messagesPerSecond, cost.messagesPerSecond),
    ...over(
      'clients',
      'deliveries (messages times the clients that watch their room)',
      LIMITS.deliveries,
      cost.deliveries,
    ),
    ...over(
      'durationMs',
      'events in a run (estimated; shorten it, or have fewer clients or messages)',
      LIMITS.events,
      cost.events,
    ),
  ];
}
