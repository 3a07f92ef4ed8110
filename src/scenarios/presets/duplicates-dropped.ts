import type { Preset } from './preset.ts';
import { PUBSUB_LATE_ACK } from './pubsub-late-ack.ts';

export const DUPLICATES_DROPPED: Preset = {
  name: 'duplicates-dropped',
  group: 'google-pubsub',
  scenario: {
    ...PUBSUB_LATE_ACK.scenario,
    name: 'At least once, dropped by id',
    about:
      'The late acknowledgements of “A late acknowledgement: it comes again”, and two readers. Both are sent some messages twice. One remembers the ids that it has had and drops what comes again: each message takes effect once, though the wire and the server paid for it twice. The other shows every duplicate.',
    clients: [
      { name: 'takes-all', rooms: ['doc-123'], transport: { kind: 'websocket' } },
      {
        name: 'drops-by-id',
        rooms: ['doc-123'],
        repair: { dropDuplicates: true },
        transport: { kind: 'websocket' },
      },
    ],
    expect: [
      { metric: 'backplane.redelivered', min: 15 },
      { metric: 'groups.takes-all.deliveries.duplicates', min: 15 },
      { metric: 'groups.drops-by-id.deliveries.duplicates', max: 0 },
      { metric: 'groups.drops-by-id.deliveries.deduplicated', min: 15 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
