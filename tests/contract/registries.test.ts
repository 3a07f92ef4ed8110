import { expect, it } from 'vitest';
import { BACKPLANE_FOLDERS } from '../../src/backplanes/registry.ts';
import { registered } from '../../src/engine/contract/registry.ts';
import { CONGESTION_CONTROLS } from '../../src/network/tcp/congestion/controls.ts';
import { TCP_FIELDS } from '../../src/scenarios/schema/network-options.ts';
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
