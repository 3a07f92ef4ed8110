import { describe, expect, it, test } from 'vitest';
import type { LinkOptions } from '../../src/engine/contract/link-options.ts';
import type { FaultPlan } from '../../src/engine/contract/plan.ts';
import { faultLabel, faultTitle } from '../../src/engine/fault-words.ts';
import type { FieldSpec } from '../../src/scenarios/schema/fields.ts';
import { LINK_FIELDS } from '../../src/scenarios/schema/network-options.ts';

const changeOf = (set: Partial<LinkOptions>, forMs: number | null = null): FaultPlan => ({
  kind: 'link-change',
  atMs: 0,
  forMs,
  target: null,
  set,
});

/** Values that an option may have, null among them where it may. */
function valuesOf(field: FieldSpec): unknown[] {
  const none = 'orNull' in field && field.orNull !== undefined ? [null] : [];
  switch (field.type) {
    case 'number':
      return [field.min, field.max, ...none];
    case 'choice':
      return [...field.values];
    default:
      return [{ kind: 'gilbert-elliott', p: 0.1, r: 0.3, goodLossPct: 0, badLossPct: 100 }, ...none];
  }
}

describe.each(Object.entries(LINK_FIELDS))('a change of a link’s %s', (option, field) => {
  const words = valuesOf(field).map((value) => {
    const fault = changeOf({ [option]: value });
    return [faultLabel(fault), faultTitle(fault, (name) => name)];
  });

  it('has words on the timeline and in a list, and none is the option’s name', () => {
    for (const text of words.flat()) {
      expect(text.length).toBeGreaterThan(3);
      expect(text.toLowerCase()).not.toContain(option.toLowerCase());
    }
  });

  it('says what it is changed to', () => {
    const [labels, titles] = [words.map(([label]) => label), words.map(([, title]) => title)];
    // Of bursts it says that they are there.
    expect(new Set(labels).size).toBe(words.length);
    expect(new Set(titles).size).toBe(words.length);
  });
});

test('what overrules another and is taken away with it says nothing of its own', () => {
  const set = { rttMs: 300, upMs: null, downMs: null, lossPct: 7, lossModel: null };
  expect(faultLabel(changeOf(set))).toBe('RTT 300 ms, loss 7 %');
  expect(faultTitle(changeOf(set), String)).toBe('Round trip 300 ms, loss 7 %');
  expect(faultTitle(changeOf({ upMs: 20, downMs: null }), String)).toBe(
    'Upward 20 ms, downward half the round trip',
  );
  expect(faultTitle(changeOf({ lossPct: 30 }, 1_000), String)).toBe('Burst of loss, 30 %');
});

test.each([
  [undefined, 'all links down', 'Link cut'],
  ['both', 'all links down', 'Link cut'],
  ['up', 'all links cut upward', 'Link cut upward'],
  ['down', 'all links cut downward', 'Link cut downward'],
] as const)('a link that is down, which way: %s', (direction, label, title) => {
  const fault: FaultPlan = { kind: 'link-down', atMs: 0, forMs: null, target: null };
  if (direction !== undefined) fault.direction = direction;
  expect(faultLabel(fault)).toBe(label);
  expect(faultTitle(fault, String)).toBe(title);
});

test.each([
  [{ kind: 'server-crash', target: null }, 'server crashes', 'Server crash'],
  [{ kind: 'server-crash', target: 'Server 3' }, 'Server 3 crashes', 'Server 3: crash'],
  [{ kind: 'server-pause', target: 'Server 3' }, 'Server 3 pauses', 'Server 3: stands still'],
  [
    { kind: 'clock-skew', target: 'Ben', byMs: -2000 },
    'clock of Ben 2000 ms behind',
    'Ben: clock 2000 ms behind',
  ],
  [{ kind: 'partition', target: null, between: ['A', 'B'], direction: 'both' }, 'A ↮ B', 'A and B parted'],
  [
    { kind: 'partition', target: null, between: ['A', 'B'], direction: 'forth' },
    'A ↛ B',
    'Nothing from A to B',
  ],
  [
    { kind: 'partition', target: null, between: ['A', 'B'], direction: 'back' },
    'A ↚ B',
    'Nothing from B to A',
  ],
  [
    { kind: 'packet-drop', target: null, between: ['A', 'B'] },
    'drop the next data packet from A to B',
    'A → B: drop next data packet',
  ],
] as const)('a fault by its name says nothing twice, and which way: %o', (given, label, title) => {
  const fault = { atMs: 0, forMs: null, ...given } as unknown as FaultPlan;
  expect(faultLabel(fault)).toBe(label);
  expect(faultTitle(fault, String)).toBe(title);
});
