import { expect, it } from 'vitest';
import { BACKPLANE_FOLDERS } from '../../src/backplanes/registry.ts';
import { missingFor, type OptionSpec, type OptionSpecs } from '../../src/engine/contract/option-spec.ts';
import { registered } from '../../src/engine/contract/registry.ts';
import { CONGESTION_CONTROLS } from '../../src/network/tcp/congestion/controls.ts';
import { REGISTRIES } from '../../src/scenarios/registries.ts';
import { TCP_FIELDS } from '../../src/scenarios/schema/network-options.ts';
import { RECONNECT_FIELDS } from '../../src/scenarios/schema/reconnect-options.ts';
import { TRANSPORT_FOLDERS } from '../../src/transports/registry.ts';

type Exports = Record<string, Record<string, { manifest?: { kind: string } }>>;

it.each([
  ['backplanes', BACKPLANE_FOLDERS, import.meta.glob('../../src/backplanes/*/index.ts', { eager: true })],
  ['transports', TRANSPORT_FOLDERS, import.meta.glob('../../src/transports/*/index.ts', { eager: true })],
])('everything that folders of %s export has its line', (_, registry, files) => {
  const there = Object.entries(files as Exports).flatMap(([path, exports]) =>
    // A bundler may export a module's own namespace besides.
    Object.values(exports).flatMap(({ manifest }) =>
      manifest === undefined ? [] : [[manifest.kind, path.split('/').at(-2)]],
    ),
  );
  expect(Object.fromEntries(there)).toEqual(registry);
});

it('a line with nothing behind it is told', () => {
  const files = { './post/index.ts': { pigeon: { kind: 'pigeon' } } };
  const kindOf = ({ kind }: { kind: string }) => kind;
  expect(registered({ pigeon: 'post' }, files, kindOf)).toEqual({ pigeon: { kind: 'pigeon' } });
  expect(() => registered({ pigeon: 'air' }, files, kindOf)).toThrow('the folder air');
  expect(() => registered({ dove: 'post' }, files, kindOf)).toThrow('of the kind dove');
});

it('a scenario may ask for every congestion control that there is', () => {
  expect(Object.keys(CONGESTION_CONTROLS)).toEqual([...TCP_FIELDS.congestionControl.values]);
});

it('what an option needs is a value that an option beside it can have, and not always has', () => {
  const { backplanes, transports } = REGISTRIES;
  const places: OptionSpecs[] = [
    ...[...Object.values(backplanes), ...Object.values(transports)].map(({ options }) => options),
    RECONNECT_FIELDS,
  ];
  const needing = places.flatMap((options) =>
    Object.entries(options).flatMap(([key, { needs = {} }]) =>
      Object.entries(needs).map(([beside, wanted]) => ({ key, other: options[beside], beside, wanted })),
    ),
  );
  expect(needing.length).toBeGreaterThan(8);
  for (const { key, beside, other, wanted } of needing) {
    const can = other?.type === 'choice' ? other.values : other?.type === 'flag' ? [true, false] : [];
    expect(can, `${key} needs ${beside}`).toEqual(expect.arrayContaining([...wanted]));
    expect(wanted.length).toBeLessThan(can.length);
  }
});

it('an option without effect says what it needs', () => {
  const spec = REGISTRIES.backplanes.kafka?.options.enableIdempotence as OptionSpec;
  expect(missingFor(spec, { acks: '1' })).toBe('acks=all');
  expect(missingFor(spec, { acks: 'all' })).toBe('');
  expect(missingFor(spec)).toBe('acks=all');
});
