import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { metricPaths } from './metrics.ts';
import { reportReference } from './report-reference.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/report-reference.md'), 'utf8');

test('docs/report-reference.md is what the program knows', () => {
  const command = 'npm run --silent sim -- --report-reference > docs/report-reference.md';
  expect(page === reportReference(), `the page is stale: ${command}`).toBe(true);
});

test('every metric is explained where it stands', () => {
  const numbers = new Map<string, Set<string>>();
  let section = '';
  for (const line of page.split('\n')) {
    section = /^## `([^`]+)`$/.exec(line)?.[1] ?? section;
    const number = /^\| `([^`]+)` \|/.exec(line)?.[1];
    if (number !== undefined) numbers.set(section, (numbers.get(section) ?? new Set()).add(number));
  }
  const shared = [
    ['totals.deliveries', 'groups.GROUP.deliveries'],
    ['totals.setupMs', 'groups.GROUP.setupMs'],
    ['totals.wire', 'groups.GROUP.wire'],
  ] as const;
  for (const path of metricPaths({ groups: ['GROUP'], servers: 1, balanced: true, proxied: true })) {
    const parts = path.replace('.server-1', '.SERVER').split('.');
    const number = parts.at(-1) as string;
    if (parts.at(-2) === 'quantiles') continue;
    let place = parts.slice(0, -1).join('.');
    for (const [from, to] of shared) if (place.startsWith(from)) place = place.replace(from, to);
    expect([path, numbers.get(place)?.has(number)]).toEqual([path, true]);
  }
});
