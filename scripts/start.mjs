import { command } from './lib/command.mjs';
import { endWithParent } from './lib/parent.mjs';

endWithParent();

await command(async () => {
  const { root } = await import('./lib/root.mjs');
  const { buildSite, siteIsStale } = await import('./lib/site.mjs');
  if (siteIsStale()) {
    process.stdout.write('Building …\n');
    await buildSite();
  }
  const { preview } = await import('vite');
  // In this process, so that ending it leaves no server behind. A taken port moves it to the next free one.
  const server = await preview({
    root,
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port: Number(process.env.PORT) || 4173, strictPort: false },
  });
  const { port } = server.httpServer.address();
  process.stdout.write(`\nHopscope is ready: http://127.0.0.1:${port}/\nCtrl+C stops it.\n`);
});
