import { KIND } from '../trace/trace.ts';
import type { ClientHost } from './client/client-host.ts';
import type { LinkOptions } from './contract/link-options.ts';
import type { Layout, Network } from './contract/network.ts';
import type { FaultPlan, Plan } from './contract/plan.ts';
import type { Sim } from './contract/sim.ts';
import type { Fleet } from './fleet.ts';
import type { Hop } from './hop/hop.ts';
import type { PlaceHost } from './hop/place-host.ts';
import { linksBetween, type Targets, targetsOf } from './targets.ts';

/** A link's own options, and the changes of it that are in force, oldest first. */
export interface LinkState {
  own: LinkOptions;
  changes: Partial<LinkOptions>[];
}

/** What faults can be done to. */
export interface Faultable {
  readonly plan: Plan;
  readonly sim: Sim;
  readonly network: Network;
  readonly clients: readonly ClientHost[];
  readonly layout: Layout;
  /** Of each link, by number. */
  readonly links: readonly LinkState[];
  clientAt(client: number): ClientHost;
  publish(publisher: number, text: string): void;
  readonly fleet: Fleet;
  readonly hop: Hop;
}

/** What several faults break at once is whole again only when the last of them ends. */
class Broken {
  readonly #times = new Map<string, number>();

  /** @returns whether it was whole before */
  take(what: string): boolean {
    const times = this.#times.get(what) ?? 0;
    this.#times.set(what, times + 1);
    return times === 0;
  }

  /** @returns whether it is whole now */
  release(what: string): boolean {
    const times = (this.#times.get(what) ?? 1) - 1;
    this.#times.set(what, times);
    return times === 0;
  }
}

/** Schedules all faults of the plan: what each does when it begins, and undoes when it ends. */
export function scheduleFaults(world: Faultable, plan: Plan): void {
  const broken = new Broken();
  plan.faults.forEach((fault, number) => {
    const targets = targetsOf(plan, world.layout, fault);
    world.sim.later(Math.round(fault.atMs * 1000), () => {
      const { kernel, trace } = world.sim;
      trace.cause = trace.add(KIND['fault.began'], kernel.nowUs, number);
      const undo = begin(world, broken, fault, targets);
      if (undo === null || fault.forMs === null) return;
      world.sim.later(Math.round(fault.forMs * 1000), () => {
        trace.cause = trace.add(KIND['fault.ended'], kernel.nowUs, number);
        undo();
      });
    });
  });
}

/** Carries out the beginning of a fault. @returns what ends it, or null if it has no length */
function begin(world: Faultable, broken: Broken, fault: FaultPlan, targets: Targets): (() => void) | null {
  const { network } = world;
  const { clients, servers, places, links } = targets;
  const placeAt = (number: number) => world.hop.places[number] as PlaceHost;
  /** Breaks each of these things unless it is broken already, and mends it unless another fault still holds it. */
  const hold = (
    things: readonly number[],
    doing: (thing: number) => void,
    undoing: (thing: number) => void,
    part = '',
  ) => {
    // A cut is a cut, by whichever of the two faults.
    const kind = fault.kind === 'partition' ? 'link-down' : fault.kind;
    const key = (thing: number) => `${kind} ${thing} ${part}`;
    for (const thing of things) if (broken.take(key(thing))) doing(thing);
    return () => {
      for (const thing of things) if (broken.release(key(thing))) undoing(thing);
    };
  };
  switch (fault.kind) {
    case 'link-change':
      return layOver(world, links, fault.set ?? {});
    case 'link-down': {
      const { direction } = fault;
      const ways = direction === 'up' || direction === 'down' ? [direction] : (['up', 'down'] as const);
      const mends = ways.map((way) =>
        hold(
          links,
          (link) => network.setLinkDown(link, way, true),
          (link) => network.setLinkDown(link, way, false),
          way,
        ),
      );
      return () => {
        for (const mend of mends) mend();
      };
    }
    case 'server-crash':
      return hold(
        servers,
        (server) => world.fleet.crash(server),
        (server) => world.fleet.restart(server),
      );
    case 'server-pause':
      return hold(
        servers,
        (server) => world.fleet.pause(server, true),
        (server) => world.fleet.pause(server, false),
      );
    case 'server-join':
      for (const server of servers) world.fleet.join(server);
      return null;
    case 'server-drain':
      return hold(
        servers,
        (server) => world.fleet.drain(server, fault.spreadMs ?? 0),
        (server) => world.fleet.undrain(server),
      );
    case 'broker-crash':
      return hold(
        places,
        (place) => world.hop.crash(placeAt(place)),
        (place) => world.hop.restart(placeAt(place)),
      );
    case 'broker-pause':
      return hold(
        places,
        (place) => placeAt(place).pause(true),
        (place) => placeAt(place).pause(false),
      );
    case 'clock-skew':
      return skew(places.map(placeAt), Math.round((fault.byMs ?? 0) * 1000));
    case 'partition': {
      const { between = [], direction = 'both' } = fault;
      const mends = linksBetween(world.layout, between).flatMap(({ link, forth }) => {
        const back: 'up' | 'down' = forth === 'up' ? 'down' : 'up';
        const ways = [forth, back].slice(direction === 'back' ? 1 : 0, direction === 'forth' ? 1 : 2);
        return ways.map((way) =>
          hold(
            [link],
            () => network.setLinkDown(link, way, true),
            () => network.setLinkDown(link, way, false),
            way,
          ),
        );
      });
      return () => {
        for (const mend of mends) mend();
      };
    }
    case 'load-balancer-crash':
      return hold(
        [0],
        () => network.loadBalancer?.crash(),
        () => network.loadBalancer?.restart(),
      );
    case 'load-balancer-pause':
      return hold(
        [0],
        () => network.loadBalancer?.pause(true),
        () => network.loadBalancer?.pause(false),
      );
    case 'dns-down':
      return hold(
        [0],
        () => network.setDnsDown(true),
        () => network.setDnsDown(false),
      );
    case 'publish': {
      const publisher = Math.max(
        0,
        world.plan.publishers.findIndex(({ name }) => name === fault.publisher),
      );
      for (const character of fault.text ?? '') world.publish(publisher, character);
      return null;
    }
    case 'client-disconnect':
      return hold(
        clients,
        (client) => network.disconnect(client),
        (client) => {
          network.reconnect(client);
          world.clientAt(client).tell('online');
        },
      );
    case 'client-sleep':
      return hold(
        clients,
        (client) => world.clientAt(client).sleep(true),
        (client) => world.clientAt(client).sleep(false),
      );
    case 'network-switch':
      for (const client of clients) {
        network.switchNetwork(client);
        world.clientAt(client).tell('online');
      }
      return null;
    default: {
      const kind =
        fault.kind === 'packet-drop' ? 'drop' : fault.kind === 'packet-delay' ? 'delay' : 'duplicate';
      const byUs = Math.round((fault.byMs ?? 0) * 1000);
      for (const { link, direction } of packetWays(world, fault, clients))
        network.addPacketFault(link, {
          kind,
          direction,
          packet: fault.packet ?? 'data',
          nth: fault.nth ?? 1,
          byUs,
        });
      return null;
    }
  }
}

/** The links that a packet is waited for on, and which way: those of clients, or those between two places. */
function packetWays(
  { layout }: Faultable,
  { between, direction }: FaultPlan,
  clients: readonly number[],
): { link: number; direction: 'up' | 'down' }[] {
  if (between === undefined)
    return clients.map((link) => ({ link, direction: direction === 'up' ? 'up' : 'down' }));
  return linksBetween(layout, between).map(({ link, forth }) => ({ link, direction: forth }));
}

/** Puts clocks wrong by so much, besides what they are wrong already. */
function skew(places: readonly PlaceHost[], byUs: number): () => void {
  for (const place of places) place.skewUs += byUs;
  return () => {
    for (const place of places) place.skewUs -= byUs;
  };
}

/**
 * Lays options over links. Changes may overlap: each link is its own options with all changes in force laid over them
 * in the order in which they began, so that ending one leaves the others.
 */
function layOver(world: Faultable, links: number[], set: Partial<LinkOptions>): () => void {
  // A change is told from its equals by being the same object.
  const change = { ...set };
  const apply = (number: number) => {
    const { own, changes } = linkOf(world, number);
    world.network.setLink(number, Object.assign({}, own, ...changes));
  };
  for (const link of links) {
    linkOf(world, link).changes.push(change);
    apply(link);
  }
  return () => {
    for (const link of links) {
      const { changes } = linkOf(world, link);
      changes.splice(changes.indexOf(change), 1);
      apply(link);
    }
  };
}

const linkOf = (world: Faultable, link: number) => world.links[link] as LinkState;
