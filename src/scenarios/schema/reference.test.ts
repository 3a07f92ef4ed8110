import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REGISTRIES } from '../registries.ts';
import { reference } from './reference.ts';

test('docs/scenario-reference.md is what the schema says', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/scenario-reference.md'), 'utf8');
  const command = 'npm run --silent sim -- --reference > docs/scenario-reference.md';
  expect(page === reference(REGISTRIES), `the page is stale: ${command}`).toBe(true);
});
