import { command } from './lib/command.mjs';
import { endWithParent } from './lib/parent.mjs';

endWithParent();

await command(async () => {
  const { root } = await import('./lib/root.mjs');
  const { createServer } = await import('vite');
  const server = await createServer({
    root,
    server: { host: '127.0.0.1', port: Number(process.env.PORT) || 5173, strictPort: false },
  });
  await server.listen();
  process.stdout.write('\nHopscope, rebuilt as you save:\n');
  server.printUrls();
});
