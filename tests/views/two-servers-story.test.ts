import { expect, test } from 'vitest';
import { storyOfDelivery } from '../../src/trace/story/index.ts';
import { presetWith, traceOf } from './story-runs.ts';

test('what nothing carries to a client’s server is told so, and not that the server has yet to come to it', () => {
  const trace = traceOf(presetWith('two-servers', {}));
  const told = (client: number) => storyOfDelivery(trace, 2, client);
  // One client of each group is at either server.
  expect(told(0)?.state).toBe('delivered');
  expect(told(1)).toMatchObject({
    state: 'waiting',
    reason: 'it went to Server 1, and nothing carries it to Server 2, where the client is',
  });
  expect(told(2)?.state).toBe('delivered');
  expect(told(3)).toMatchObject({
    state: 'lost',
    reason: 'lost: it went to Server 1, and nothing carries it to Server 2, where the client is',
  });
});
