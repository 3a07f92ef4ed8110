import type { Backplane, BackplaneIo, BackplanePlugin } from '../../engine/contract/backplane.ts';
import type { Place } from '../../engine/contract/place.ts';
import { directManifest } from './manifest.ts';

/**
 * A source hands each message to its server, at once and without cost: the server whose client wrote it, else the first.
 * While that is down it accepts nothing.
 */
export const direct: BackplanePlugin = {
  manifest: directManifest,
  roles: {},
  create(io: BackplaneIo): Backplane {
    const serverOf = (source: Place) => (source.kind === 'server' ? source : (io.servers[0] as Place));
    const nothing = () => {};
    return {
      offer: (source) => serverOf(source).up,
      publish(message, source) {
        io.counts.published++;
        io.counts.forwarded++;
        io.hand(serverOf(source), message);
      },
      subscribe: nothing,
      unsubscribe: nothing,
      started: nothing,
      stopped: nothing,
    };
  },
};
