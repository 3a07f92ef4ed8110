import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Package {
  version?: string;
  resolved?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const root = join(import.meta.dirname, '..');
const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
const packages: Record<string, Package> = JSON.parse(lockText).packages;
const manifest: Package = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Where Node would look for `name` from the package at `path`: its own node_modules, then each one further out. */
function isLocked(path: string, name: string, all: Record<string, Package>): boolean {
  for (let folder = path; ; ) {
    if (all[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
    if (folder === '') return false;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1));
  }
}

function missingOptional(all: Record<string, Package>): string[] {
  return Object.entries(all).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(path, name, all))
      .map((name) => `${path} needs ${name}`),
  );
}

test('the lock holds the binaries of every platform', () => {
  // npm leaves out, in silence, a platform's package that its registry did not have; `npm ci` then fails elsewhere.
  expect(missingOptional(packages)).toEqual([]);
});

test('a missing binary would be noticed', () => {
  const bundler = { optionalDependencies: { '@bundler/darwin': '1.0.0' } };
  expect(missingOptional({ 'node_modules/bundler': bundler })).toHaveLength(1);
  expect(
    missingOptional({ 'node_modules/a/node_modules/bundler': bundler, 'node_modules/@bundler/darwin': {} }),
  ).toEqual([]);
});

test('the lock names no registry', () => {
  expect(Object.keys(packages).filter((path) => packages[path]?.resolved !== undefined)).toEqual([]);
});

test('versions are exact, and the lock agrees with package.json', () => {
  for (const kind of ['dependencies', 'devDependencies'] as const) {
    expect(packages['']?.[kind]).toEqual(manifest[kind]);
    for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  }
});
