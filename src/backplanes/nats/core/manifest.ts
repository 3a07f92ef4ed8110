import type { BackplaneManifest } from '../../../engine/contract/backplane.ts';
import { CLIENT_OPTIONS, SERVER_OPTIONS } from '../options.ts';
import { VOCABULARY } from '../vocabulary.ts';

/** What it is, what it can be told, and how far it can be trusted. */
export const natsManifest: BackplaneManifest = {
  kind: 'nats',
  title: 'NATS',
  about:
    'NATS passes each message on to whoever is subscribed to its subject at that moment, and keeps nothing.',
  options: {
    subscribe: {
      type: 'choice',
      values: ['rooms', 'siblings', 'everything'],
      default: 'rooms',
      about:
        'What a server subscribes to for a room like doc-123. rooms: its subject, rooms.doc.123. siblings: rooms.doc.* (and so it gets doc-124 as well). everything: rooms.>.',
      source: 'docs.nats.io, Subject-Based Messaging: * is one token, > is all that follow',
    },
    queueGroup: {
      type: 'flag',
      default: false,
      about:
        'All servers subscribe as one queue group: each message goes to one of them, taken at random, and to no other.',
      source: 'docs.nats.io, Queue Groups',
    },
    ...SERVER_OPTIONS,
    ...CLIENT_OPTIONS,
  },
  nodes: () => [{ name: 'nats', title: 'NATS' }],
  links: ['server-node', 'source-node'],
  guarantees: [{ delivery: 'at most once', ordered: 'room', replay: false }],
  vocabulary: VOCABULARY,
  sources: [
    'docs.nats.io: NATS Client Protocol; Subject-Based Messaging; Queue Groups; Slow Consumers',
    'nats-server 2.10.22: server/client.go (queueOutbound, flushOutbound, handleWriteTimeout, processPingTimer, processMsgResults), server/const.go',
    'nats.go 1.37: nats.go (doReconnect, processMsg, waitForMsgs, processPingTimer)',
  ],
  leavesOut: [
    'Clusters, gateways and leaf nodes: one server. Accounts, permissions, TLS.',
    'The pause that the server gives a fast publisher when half of max_pending waits for one of its readers.',
    'Headers, requests and replies, drain, lame duck mode; servers that say that nobody listens.',
    'The deadline of one minute that nats.go has for its own writes.',
  ],
};
