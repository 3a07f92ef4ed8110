import { expect, test } from 'vitest';
import type { CommandItem } from '../shown.ts';
import { matching } from './match.ts';

const command = (title: string, enabled = true, effect = ''): CommandItem => ({
  id: title,
  title,
  group: 'Faults',
  keys: [],
  effect,
  enabled,
  run() {},
});
const titles = (commands: readonly CommandItem[], query: string) =>
  matching(commands, query).map(({ title }) => title);

test('a whole word comes before the beginning of one, and what can be run before what cannot', () => {
  const slow = command('Make WebSocket slow');
  const slowest = command('Why was the slowest WebSocket message so late?');
  expect(titles([slowest, slow], 'slow websocket')).toEqual([slow.title, slowest.title]);
  expect(titles([slow, slowest], 'slowest')).toEqual([slowest.title]);
  const mend = command('Mend what is cut', false, 'No link is cut at this moment.');
  const cut = command('Cut all links for 2 s');
  expect(titles([mend, cut], 'cut')).toEqual([cut.title, mend.title]);
});
