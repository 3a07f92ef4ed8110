import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BACKPLANES } from '../../../src/backplanes/index.ts';
import { BACKPLANE_MANIFESTS } from '../../../src/backplanes/manifests.ts';
import { SHARDS, shardOf } from './suite.ts';

it('names the same backplanes with and without what makes them run', () => {
  const manifests = Object.entries(BACKPLANES).map(([kind, { manifest }]) => [kind, manifest]);
  expect(Object.fromEntries(manifests)).toEqual(BACKPLANE_MANIFESTS);
});

it('holds every backplane to the contract, in one of the files', () => {
  const shards = Array.from({ length: SHARDS }, (_, index) => index + 1);
  const tested = shards.flatMap(shardOf).map(({ manifest }) => manifest.kind);
  expect(tested.sort()).toEqual(Object.keys(BACKPLANES).sort());
  const files = readdirSync(import.meta.dirname).filter((name) => name.startsWith('shard-'));
  expect(files.sort()).toEqual(shards.map((shard) => `shard-${shard}.test.ts`));
  for (const shard of shards)
    expect(readFileSync(join(import.meta.dirname, `shard-${shard}.test.ts`), 'utf8')).toContain(
      `testShard(${shard});`,
    );
});
