import { JETSTREAM_TWICE } from './jetstream-twice.ts';
import type { Preset } from './preset.ts';

export const JETSTREAM_MSG_ID: Preset = {
  name: 'jetstream-msg-id',
  group: 'nats',
  scenario: {
    ...JETSTREAM_TWICE.scenario,
    name: 'Published again, and known by its id',
    about:
      'The same lost acknowledgement as in “Published again, and there twice”, but the source gives each message an id (Nats-Msg-Id). The stream has had that one within its window of two minutes: it answers that this is a duplicate, and keeps one.',
    backplane: { kind: 'jetstream', publishRetries: null, msgId: true },
    expect: [
      { metric: 'backplane.redelivered', min: 1 },
      { metric: 'totals.deliveries.duplicates', max: 0 },
      { metric: 'totals.deliveries.lost', max: 0 },
    ],
  },
};
