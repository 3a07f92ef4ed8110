import { command } from './lib/command.mjs';

await command(async () => {
  const { buildSite, siteIsStale } = await import('./lib/site.mjs');
  if (process.argv.includes('--if-stale') && !siteIsStale()) return;
  await buildSite({ logLevel: 'info' });
});
