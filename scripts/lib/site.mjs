import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from './root.mjs';
import { isStale } from './stale.mjs';

const inputs = [
  'src',
  'public',
  'scripts/site',
  'index.html',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];
const stampFile = join(cache, 'site.stamp');

export function siteIsStale() {
  return isStale(join(root, 'dist', 'index.html'), []) || isStale(stampFile, inputs);
}

export async function buildSite({ logLevel = 'warn' } = {}) {
  // An inherited NODE_ENV=development would put React's slow development build into the product.
  process.env.NODE_ENV = 'production';
  const startedSeconds = Date.now() / 1000;
  const { build } = await import('vite');
  await build({ root, logLevel });
  mkdirSync(cache, { recursive: true });
  writeFileSync(stampFile, '');
  utimesSync(stampFile, startedSeconds, startedSeconds);
}
