/**
 * Keeps all files of one build, so that Hopscope opens without a network after the first visit. What is kept is never
 * mixed with another build: a newer one is kept beside it, and takes over when a person says so. See "The service worker
 * lifecycle" in the W3C's Service Workers. Not a module: Firefox knows those since lately only.
 *
 * The build puts the two constants before this text: scripts/lib/offline.mjs.
 */
declare const BUILD: string;
declare const FILES: readonly string[];

/** As much of a service worker's global scope as is used here; TypeScript's own is at odds with that of a page. */
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(kind: 'fetch', listener: (event: Asked) => void): void;
  addEventListener(kind: 'message', listener: (event: MessageEvent<unknown>) => void): void;
}
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const scope = self as unknown as Scope;
const home = scope.registration.scope;
/** Other places of the same host may have a Hopscope of their own. */
const prefix = `hopscope ${home} `;
const cacheName = `${prefix}${BUILD}`;

scope.addEventListener('install', (event) => event.waitUntil(keepAll()));

scope.addEventListener('activate', (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith(prefix) && name !== cacheName) await caches.delete(name);
      // The page of the first visit is served from here on, too.
      await scope.clients.claim();
    })(),
  ),
);

scope.addEventListener('message', ({ data }) => {
  if (data === 'take over') void scope.skipWaiting();
});

scope.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  if (method !== 'GET' || !url.startsWith(home)) return;
  const { pathname, origin } = new URL(url);
  const address = `${origin}${pathname}`;
  const isPage = mode === 'navigate' && address === `${home}index.html`;
  event.respondWith(answer(isPage ? home : address, event.request));
});

async function answer(url: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  return (await cache.match(url)) ?? fetch(request);
}

/** All or nothing: without one of the files this build is not taken, and is tried again at the next visit. */
async function keepAll(): Promise<void> {
  const cache = await caches.open(cacheName);
  await Promise.all(
    FILES.map(async (file) => {
      const url = new URL(file, home).href;
      // A name with a fingerprint in it always means the same bytes: no need to ask the network for them again.
      const lasting = /^assets\//.test(file);
      const kept = lasting ? await caches.match(url) : undefined;
      const response = kept ?? (await fetch(url, { cache: lasting ? 'default' : 'reload' }));
      if (!response.ok) throw new Error(`${file}: ${response.status}`);
      await cache.put(url, response);
    }),
  );
}
