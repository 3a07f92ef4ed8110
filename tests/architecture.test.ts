import { join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { inspect, readTree } from './architecture/tree.ts';

/** Files past 300 lines that still wait for their second idea to move out. */
const DEBT: string[] = [];

const root = join(import.meta.dirname, '..');
const declared = new Set(Object.keys(manifest.dependencies));
const house = inspect(readTree(root, ['src', 'tests', 'scripts']), declared, DEBT);

test('imports go one way', () => {
  expect(house.layers).toEqual([]);
});

test('no imports in a circle', () => {
  expect(house.cycles).toEqual([]);
});

test('no clock, timer, luck or inexact arithmetic below the app', () => {
  expect(house.purity).toEqual([]);
});

test('machines name what they do', () => {
  expect(house.machines).toEqual([]);
});

test('every plug-in is in its registry', () => {
  expect(house.registries).toEqual([]);
});

test('files stay small', () => {
  expect(house.sizes).toEqual([]);
});
