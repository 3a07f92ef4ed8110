import { expect, test } from 'vitest';
import type { PresetItem } from './model.ts';
import { scenarioGroups } from './scenario-groups.ts';

const PRESETS: readonly PresetItem[] = [
  { id: 'race', title: 'One keystroke', group: 'Start here', about: 'Kafka is not needed for this.' },
  { id: 'lost-syn', title: 'A lost SYN', group: 'The network', about: 'It costs a second.' },
  { id: 'kafka-order', title: 'Order within a partition', group: 'Hop 2: Kafka', about: 'Three rooms.' },
  { id: 'kafka-acks-1', title: 'Confirmed, and lost', group: 'Hop 2: Kafka', about: 'A leader dies.' },
];

/** Its answer, as a reader sees it. */
const shown = (query: string) =>
  scenarioGroups(PRESETS, query).map(({ title, presets }) => [title, ...presets.map(({ id }) => id)]);

test('without a query all stand in their order, each under its heading', () => {
  const all = [
    ['Start here', 'race'],
    ['The network', 'lost-syn'],
    ['Hop 2: Kafka', 'kafka-order', 'kafka-acks-1'],
  ];
  expect(shown('')).toEqual(all);
  expect(shown('  ')).toEqual(all);
});

test('a title, a name, a heading and a description are searched, and the best is first with its group', () => {
  expect(shown('syn')).toEqual([['The network', 'lost-syn']]);
  expect(shown('kafka-acks')).toEqual([['Hop 2: Kafka', 'kafka-acks-1']]);
  expect(shown('rooms')).toEqual([['Hop 2: Kafka', 'kafka-order']]);
  expect(shown('Kafka')).toEqual([
    ['Hop 2: Kafka', 'kafka-order', 'kafka-acks-1'],
    ['Start here', 'race'],
  ]);
  expect(shown('lost kafka')).toEqual([['Hop 2: Kafka', 'kafka-acks-1']]);
});

test('what nothing has finds nothing', () => {
  expect(shown('zebra')).toEqual([]);
});
