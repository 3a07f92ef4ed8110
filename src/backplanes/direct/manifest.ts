import type { BackplaneManifest } from '../../engine/contract/backplane.ts';

/** What it is, and how far it can be trusted. */
export const directManifest: BackplaneManifest = {
  kind: 'direct',
  title: 'Direct',
  about:
    'The source and its server, server-1, are the same process: a message is there as soon as it exists. Other servers never hear of it.',
  options: {},
  nodes: () => [],
  links: [],
  guarantees: [{ delivery: 'at most once', ordered: 'room', replay: false }],
  vocabulary: {},
  sources: [],
  leavesOut: [
    'Everything that makes hop 2 a hop: there is no broker and no network between, and no way to a second server.',
  ],
};
