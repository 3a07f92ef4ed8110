import { BACKPLANES } from '../backplanes/index.ts';
import type { Plan } from '../engine/contract/plan.ts';
import type { TraceHeader } from '../trace/trace.ts';
import { TRANSPORTS } from '../transports/index.ts';
import { faultTitle } from './edit/faults.ts';

/**
 * Who is who in a run that has not begun: enough to draw the stage at the first paint. The run brings its own header
 * a moment later.
 */
export function firstHeader(plan: Plan): TraceHeader {
  const endUs = (plan.durationMs + plan.settleMs) * 1000;
  const rooms = [
    ...new Set([...plan.publishers.map(({ room }) => room), ...plan.clients.flatMap((g) => g.rooms)]),
  ];
  const clients = plan.clients.flatMap((group) =>
    Array.from({ length: group.count }, (_, index) => ({ group, name: `${group.name}/${index + 1}` })),
  );
  return {
    scenarioName: plan.name,
    seed: plan.seed,
    durationUs: plan.durationMs * 1000,
    endUs,
    rooms,
    publishers: plan.publishers.map(({ name, room }) => ({ name, room: rooms.indexOf(room) })),
    servers: Array.from({ length: plan.servers.count }, (_, index) => ({ name: `server-${index + 1}` })),
    clients: clients.map(({ group, name }, index) => ({
      name,
      group: group.name,
      groupTitle: groupTitle(plan, group.name),
      transport: group.transport.kind,
      link: index,
      rooms: group.rooms.map((room) => rooms.indexOf(room)),
    })),
    links: clients.map(({ name }, client) => ({ name, kind: 'access' as const, client })),
    actors: [],
    faults: plan.faults.map((fault) => ({
      kind: fault.kind,
      target: fault.target ?? '',
      atUs: fault.atMs * 1000,
      endUs: fault.forMs === null ? endUs : (fault.atMs + fault.forMs) * 1000,
      label: faultTitle(fault, (target) => targetTitle(plan, target)),
      detail: '',
    })),
    vocabulary: {},
    transports: Object.fromEntries(
      Object.entries(TRANSPORTS).map(([kind, { manifest }]) => [kind, { title: manifest.title }]),
    ),
    backplane: {
      kind: plan.backplane.kind,
      title: BACKPLANES[plan.backplane.kind]?.manifest.title ?? plan.backplane.kind,
    },
  };
}

/** A group that is named after its transport is called as that is. */
export function groupTitle(plan: Plan, name: string): string {
  const kind = plan.clients.find((group) => group.name === name)?.transport.kind;
  return kind === name ? transportTitle(kind) : name;
}

export function transportTitle(kind: string): string {
  return TRANSPORTS[kind]?.manifest.title ?? kind;
}

/** What a fault is aimed at, in words: `sse/2` → `SSE 2`, `server-1` → `Server 1`. */
export function targetTitle(plan: Plan, target: string): string {
  const server = /^server-(\d+)$/.exec(target);
  if (server !== null) return `Server ${server[1]}`;
  const [name = '', number] = target.split('/');
  const alone = plan.clients.find((group) => group.name === name)?.count === 1;
  return number === undefined || alone ? groupTitle(plan, name) : `${groupTitle(plan, name)} ${number}`;
}
