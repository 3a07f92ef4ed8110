import type { Backplane, BackplaneIo, BackplanePlugin } from '../../engine/contract/backplane.ts';

/** The source hands each message to the one server, at once and without cost; while that is down it accepts nothing. */
export const direct: BackplanePlugin = {
  manifest: {
    kind: 'direct',
    title: 'Direct',
    about: 'The source and the one server are the same process: a message is there as soon as it exists.',
    options: {},
    guarantees: { delivery: 'at most once', ordered: 'room', replay: false },
    vocabulary: {},
    sources: [],
    leavesOut: [
      'Everything that makes hop 2 a hop: there is no broker, no second server and no network between.',
    ],
  },
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
