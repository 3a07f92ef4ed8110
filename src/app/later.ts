import { openLazyViews } from '../pages/play/parts/lazy-view.tsx';
import type { Controller } from './controller.ts';
import type { Renewal } from './offline/renewal.ts';

/** A long run keeps the rest of the page waiting for no longer than this after its first news. */
const LONGEST_WAIT_MS = 1500;

/** What the page can do without until the first run is there: other views, what screen readers are told, offline use. */
export async function afterFirstRun(controller: Controller): Promise<void> {
  await firstRun(controller);
  openLazyViews();
  void controller.learnRules();
  const [{ announce, happeningsAt }, { keepReadingAhead }] = await Promise.all([
    import('./announcer.ts'),
    import('./read-ahead.ts'),
  ]);
  const shown = () => controller.store.getState().run.trace;
  controller.store.subscribe(keepReadingAhead(shown));
  announce(
    controller.player,
    (atUs) => happeningsAt(shown(), atUs),
    (announcement) => controller.store.setState({ announcement }),
  );
  await keepForOffline((renewal) => controller.offerRenewal(renewal));
}

/** Where another page than Play was opened, nothing waits for a first picture. */
export async function afterOpening(): Promise<void> {
  openLazyViews();
  await keepForOffline(() => {});
}

/** @param ready called when a newer build waits */
async function keepForOffline(ready: (renewal: Renewal) => void): Promise<void> {
  await idle();
  const renewal = await import('./offline/renewal.ts');
  // Storage may be full or forbidden, or the network away: then it needs the network the next time.
  await renewal.keepForOffline(ready).catch(() => {});
}

/** Until the run is simulated, or it takes long, or somebody does something: what they want may be among the rest. */
function firstRun(controller: Controller): Promise<void> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const done = () => {
      stop();
      clearTimeout(timer);
      for (const kind of TOUCHES) window.removeEventListener(kind, done);
      resolve();
    };
    const look = () => {
      if (controller.settled) done();
      else if (controller.latestRun.trace.records > 0) timer ??= setTimeout(done, LONGEST_WAIT_MS);
    };
    const stop = controller.store.subscribe(look);
    for (const kind of TOUCHES) window.addEventListener(kind, done);
    look();
  });
}

const TOUCHES = ['pointerdown', 'keydown'] as const;

/** When the browser has nothing better to do; Safari cannot tell, and waits a second. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 5000 });
    else setTimeout(resolve, 1000);
  });
}
