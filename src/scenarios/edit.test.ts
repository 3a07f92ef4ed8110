import { expect, test } from 'vitest';
import { describe as describePlace, setPath } from './edit.ts';
import { RACE } from './presets/race.ts';
import { validate } from './validate.ts';

const race = RACE.scenario;

/** The scenario after the change; throws where there is no such place. */
function changed(path: string, value: unknown) {
  const result = setPath(race, path, value);
  if (!result.ok) throw new Error(`${result.problem.path}: ${result.problem.message}`);
  return result.input;
}

test('sets a place and leaves the scenario as it was', () => {
  const before = structuredClone(race);
  expect(changed('network.access.lossPct', 5).network?.access).toEqual({ rttMs: 100, lossPct: 5 });
  expect(race).toEqual(before);
});

test('makes what was left out on the way', () => {
  expect(changed('servers.replayBuffer.messages', 5).servers).toEqual({ replayBuffer: { messages: 5 } });
  expect(changed('faults[0]', { kind: 'dns-down', atMs: 5 }).faults).toEqual([{ kind: 'dns-down', atMs: 5 }]);
});

test('another kind loses the options that it does not have', () => {
  const polled = setPath(changed('clients[0].transport.intervalMs', 500), 'clients[0].transport.kind', 'sse');
  expect(polled.ok && polled.input.clients[0]?.transport).toEqual({ kind: 'sse' });
  expect(polled.ok && validate(polled.input).ok).toBe(true);
});

test.each([
  ['network.acess.lossPct', /^network\.acess: unknown key \(did you mean "access"\?\)/],
  ['clients[9].count', /^clients\[9\]: expected an index from 0 to 4/],
  ['clients.sse', /^clients\.sse: expected an index such as \[0\]/],
  ['seed.low', /^seed\.low: there is nothing inside/],
  ['__proto__.x', /expected a path such as/],
  ['constructor', /^constructor: unknown key/],
  ['clients[0].transport.holdMs', /^clients\[0\]\.transport\.holdMs: unknown key/],
  ['a..b', /expected a path such as/],
  ['', /expected a path such as/],
])('no such place: %s', (path, message) => {
  expect(() => changed(path, 1)).toThrow(message);
});

test('tells what a place may hold', () => {
  expect(describePlace(race, 'network.access.lossPct')).toMatchObject({
    value: 2,
    field: { unit: '%', max: 100 },
  });
  expect(describePlace(race, 'clients[0].transport.kind')).toMatchObject({
    value: 'polling',
    field: { type: 'choice' },
  });
  expect(describePlace(race, 'clients[0].transport.nothing')).toBeNull();
});
