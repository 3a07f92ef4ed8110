import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

export const DIST = join(import.meta.dirname, '../../dist');
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

/** A plain host of static files that has the built app in a folder, as somebody would put it up. */
export interface Site {
  url: string;
  /** Another build is put up: its service worker differs. */
  renew(): void;
  close(): Promise<void>;
}

/** Puts the built app up at a free port, under `/lectures/hopscope/`. */
export async function putUp(): Promise<Site> {
  const folder = '/lectures/hopscope/';
  let edition = 0;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const name = pathname === folder ? 'index.html' : pathname.slice(folder.length);
    try {
      if (!pathname.startsWith(folder) || name.includes('..')) throw new Error('not here');
      let body: Buffer | string = readFileSync(join(DIST, name));
      if (name === 'service-worker.js') body = String(body).replace(/BUILD = "/, `$&${edition}`);
      response.setHeader('Content-Type', TYPES[extname(name)] ?? 'application/octet-stream');
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${folder}`,
    renew: () => void edition++,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
