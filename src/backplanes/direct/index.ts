import type { Backplane, BackplaneIo, BackplanePlugin } from '../../engine/contract/backplane.ts';
import { directManifest } from './manifest.ts';

/** The source hands each message to its server, at once and without cost; while that is down it accepts nothing. */
export const direct: BackplanePlugin = {
  manifest: directManifest,
  create(io: BackplaneIo): Backplane {
    const facts = { published: 0, forwarded: 0 };
    return {
      facts,
      offer: () => io.isUp(0),
      publish(message) {
        facts.published++;
        facts.forwarded++;
        io.hand(0, message);
      },
    };
  },
};
