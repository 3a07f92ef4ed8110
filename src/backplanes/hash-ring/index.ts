import type {
  Backplane,
  BackplaneIo,
  BackplaneManifest,
  BackplanePlugin,
  Options,
} from '../../engine/contract/backplane.ts';
import type { Place } from '../../engine/contract/place.ts';
import { channelMachine } from './channel.machine.ts';
import { CHANNEL_EFFECTS } from './channel.ts';
import { Coordinator, LEASE_EFFECTS, newStore, type Store } from './coordinator.ts';
import { Gateway } from './gateway.ts';
import { leaseMachine } from './lease.machine.ts';
import { hashRingManifest, moduloHashManifest } from './manifest.ts';
import { optionsOf } from './options.ts';
import { Replica } from './replica.ts';
import { Sender } from './sender.ts';
import { sessionMachine } from './session.machine.ts';
import { SESSION_EFFECTS } from './session.ts';
import type { View } from './view.ts';
import { Witness } from './witness.ts';

/** The coordinator is the first of the nodes, the router the second. */
const COORDINATOR = 0;

function create(io: BackplaneIo, given: Options): Backplane {
  const options = optionsOf(given);
  const witness = new Witness(io);
  const gateways = new Map<Place, Gateway>();
  const senders = new Map<Place, Sender>();
  let kept: Store | null = null;
  /** The router's table: while the router is down, the edge works with the last one that there was. */
  let table: View | null = null;

  /** The run begins with a fleet at work. */
  const storeOf = (): Store => {
    if (kept === null) {
      kept = newStore(io, options);
      witness.view(null, kept.view);
      for (const server of kept.view.members) witness.member(io.servers[server] as Place, 'member');
      table = kept.view;
    }
    return kept;
  };
  const route = (place: Place, view: View | null) => {
    const replica: Replica = new Replica(io, place, witness, view, {
      changed: () => {
        table = replica.view;
      },
      connected: () => {},
      heard: () => {},
    });
  };
  const publishFrom = (place: Place, view: View | null) => {
    const replica = new Replica(io, place, witness, view, {
      changed: () => senders.get(place)?.goOn(),
      connected: () => {},
      heard: () => {},
    });
    senders.set(place, new Sender(io, options, witness, replica, null));
  };
  const serve = (place: Place, view: View | null, lease: number | undefined) => {
    const gateway = new Gateway(io, place, options, witness, view);
    gateways.set(place, gateway);
    senders.set(place, gateway.sender);
    if (view !== null && lease !== undefined) gateway.session.inherit(lease);
    else gateway.session.begin();
  };

  return {
    offer: (source) => source.up,
    publish(message, source) {
      io.counts.published++;
      senders.get(source)?.publish(message);
    },
    subscribe: (server, room) => witness.watches(server, room, true),
    unsubscribe: (server, room) => witness.watches(server, room, false),
    started(place) {
      const store = storeOf();
      const view = io.sim.kernel.nowUs === 0 ? store.view : null;
      if (place.kind === 'server') serve(place, view, store.members.get(place.index));
      else if (place.kind === 'source') publishFrom(place, view);
      else if (place.index === COORDINATOR) new Coordinator(io, place, options, store, witness);
      else route(place, view);
    },
    stopped(place) {
      witness.died(place);
      senders.get(place)?.die();
      senders.delete(place);
      gateways.delete(place);
    },
    serverFor: (client) => {
      const owner = table?.ownerOf(client) ?? -1;
      return owner < 0 ? null : owner;
    },
    keeps(server, client) {
      const stays = gateways.get(server)?.owns(client) ?? true;
      if (!stays) io.counts.misrouted++;
      return stays;
    },
    drains(server, draining) {
      const gateway = gateways.get(server);
      if (gateway === undefined) return;
      gateway.draining = draining;
      if (draining) gateway.session.leave();
      else gateway.session.begin();
    },
  };
}

const pluginOf = (manifest: BackplaneManifest): BackplanePlugin => ({
  manifest,
  roles: {
    channel: { machine: channelMachine, effects: CHANNEL_EFFECTS },
    session: { machine: sessionMachine, effects: SESSION_EFFECTS },
    lease: { machine: leaseMachine, effects: LEASE_EFFECTS },
  },
  create,
});

/** Clients belong to servers by their hash; the two kinds differ in what becomes of it when the fleet changes. */
export const hashRing = pluginOf(hashRingManifest);
export const moduloHash = pluginOf(moduloHashManifest);
