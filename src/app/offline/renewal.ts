/** A newer build is looked for at each visit, and when a page that has been open for so long is looked at again. */
const LOOK_EVERY_MS = 3_600_000;

/** How a newer build takes over. Nothing is done by itself: whoever is at work would lose what no address holds. */
export interface Renewal {
  /** Lets the newer build take over, and loads the page anew from it. */
  take(): void;
}

/**
 * Keeps this build for use without a network, if the browser can and may (https, or this machine).
 * @param ready called when a newer build is kept beside this one and waits, or has been let in from another page
 */
export async function keepForOffline(ready: (renewal: Renewal) => void): Promise<void> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  // A frame within somebody else's page keeps nothing there.
  if (!import.meta.env.PROD || workers === undefined || !isSecureContext || window.top !== window) return;
  const hadOne = workers.controller !== null;
  const registration = await workers.register(`${import.meta.env.BASE_URL}service-worker.js`);
  const offer = () => {
    const { waiting } = registration;
    if (waiting === null || workers.controller === null) return;
    ready({
      take() {
        workers.addEventListener('controllerchange', () => location.reload(), { once: true });
        waiting.postMessage('take over');
      },
    });
  };
  offer();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer);
  });
  // Another page let the newer build in: the files of this one are gone.
  if (hadOne) workers.addEventListener('controllerchange', () => ready({ take: () => location.reload() }));
  lookAgain(registration);
}

function lookAgain(registration: ServiceWorkerRegistration): void {
  let lookedMs = performance.now();
  document.addEventListener('visibilitychange', () => {
    const nowMs = performance.now();
    if (document.visibilityState !== 'visible' || nowMs - lookedMs < LOOK_EVERY_MS) return;
    lookedMs = nowMs;
    registration.update().catch(() => {}); // without a network there is nothing newer
  });
}
