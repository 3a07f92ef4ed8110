const MS = { type: 'number', unit: 'ms', min: 0 } as const;

/** `topics` */
export const TOPICS_FIELD = {
  type: 'variants',
  default: 'room',
  about:
    'What a message is published to, and so what servers subscribe to, over any backplane. The report counts topics, subscriptions, publishes and reads under `topics`.',
  kinds: {
    room: {
      about:
        'A topic for each room: a message is published once, and a server subscribes to the rooms that its clients watch. What Socket.IO’s Redis adapter, Phoenix channels and most chat servers do.',
      fields: {},
    },
    user: {
      about:
        'A topic for each user (each client of the scenario), as Twitter’s timelines and SignalR’s Clients.User have it: fan-out on write. A message is published once for every member of its room, to the member’s topic; a server subscribes to the topics of the users that are connected to it. Records name the message, not its copies. Replay buffers are the topics’, so one for each user. The list of members is at hand at the source and costs nothing.',
      fields: {},
    },
    cache: {
      about:
        'A cached entry for each room, as a feed or a score board behind Redis has it: fan-out on read. The source writes the message into the entry and publishes a signal that it has changed; a server that is told reads the entry once for all its clients, and gets all that is new in it, whatever signals it has missed. Signals that come while a read is under way, or too early for the next, are answered by one read. The write and the read take time, and the server’s CPU time for what the read brings; they take nothing of the network, and the cache itself is never busy, never full and never down.',
      fields: {
        signalBytes: {
          type: 'number',
          unit: 'bytes',
          min: 1,
          max: 65_536,
          integer: true,
          default: 24,
          about: 'Size of a signal: the name of the entry and its version.',
          source: 'a choice: {"room":…,"version":…}',
        },
        readMs: {
          ...MS,
          max: 60_000,
          default: 1,
          about: 'How long a read of an entry takes, there and back.',
          source: 'a choice: a GET of Redis in the same datacenter',
        },
        readEveryMs: {
          ...MS,
          max: 600_000,
          default: 0,
          about:
            'A server begins to read an entry at most this often. 0: as soon as it is told, and has no read of it under way.',
          source: 'a choice: no wait',
        },
      },
    },
  },
} as const;
