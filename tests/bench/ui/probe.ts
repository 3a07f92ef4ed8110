/** What was seen in a page while something went on for a while. */
export interface Frames {
  /** Between two frames, ms, in the order in which they came. */
  gapsMs: number[];
  /** Tasks of 50 ms and more, ms. */
  longTasksMs: number[];
}

/** A wait of the machine's that no page can help: the bare loop in the same run tells how often that happens. */
declare global {
  interface Window {
    bare?: { run(on: boolean): void };
  }
}

/** Runs in the page: counts frames and long tasks for so long. */
export function watchFrames(forMs: number): Promise<Frames> {
  return new Promise((resolve) => {
    const gapsMs: number[] = [];
    const longTasksMs: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasksMs.push(duration);
    });
    observer.observe({ entryTypes: ['longtask'] });
    const startedMs = performance.now();
    let lastMs = -1;
    const frame = (nowMs: number) => {
      if (lastMs >= 0) gapsMs.push(nowMs - lastMs);
      lastMs = nowMs;
      if (nowMs - startedMs < forMs) requestAnimationFrame(frame);
      else {
        // Entries come after the task that they are about.
        setTimeout(() => {
          observer.disconnect();
          resolve({ gapsMs, longTasksMs });
        }, 100);
      }
    };
    requestAnimationFrame(frame);
  });
}

/** In so many frames everything has been drawn at the new moment: what moves at once, then the rest by turns. */
export const ANSWERING = 4;

/**
 * Runs in the page: moves the playhead to moments all over the run, and measures the main thread's work of the whole
 * frames that answer: script, style, layout and paint.
 * @param shares of the run, 0 to 1
 * @returns of each move the first frame, and the longest of those that draw all of it, ms
 */
export async function scrub(given: {
  shares: number[];
  endUs: number;
  frames: number;
}): Promise<{ firstMs: number[]; longestMs: number[] }> {
  const firstMs: number[] = [];
  const longestMs: number[] = [];
  const after = new MessageChannel();
  for (const share of given.shares) {
    const worksMs = await new Promise<number[]>((done) => {
      const works: number[] = [];
      let startedMs = 0;
      // Asked for before the player asks: called first in the same frame.
      const frame = () => {
        startedMs = performance.now();
        if (works.length + 1 < given.frames) requestAnimationFrame(frame);
        after.port2.postMessage(0);
      };
      requestAnimationFrame(frame);
      after.port1.onmessage = () => {
        works.push(performance.now() - startedMs);
        if (works.length === given.frames) done(works);
      };
      window.hopscope?.seek(Math.round(share * given.endUs));
    });
    firstMs.push(worksMs[0] as number);
    longestMs.push(Math.max(...worksMs));
    // What the frames asked for later (an announcement, the address) is not counted in with the next ones.
    await new Promise((done) => setTimeout(done, 20));
  }
  return { firstMs, longestMs };
}

/** Runs in the page: when something was first painted, and when the run was simulated to its end, ms after the navigation. */
export async function start(): Promise<{ paintMs: number; simulatedMs: number }> {
  await new Promise<void>((there) => {
    const look = () => (window.hopscope === undefined ? setTimeout(look, 5) : there());
    look();
  });
  await window.hopscope?.fingerprint();
  const simulatedMs = performance.now();
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return { paintMs: paint?.startTime ?? Number.NaN, simulatedMs };
}

/** A page with nothing in it but a canvas of the stage's size, on which so many squares move. */
export const barePage = (dots: number): string => `<!doctype html><title>bare</title>
<style>body{margin:0}</style><canvas width="860" height="460"></canvas><script>
const context = document.querySelector('canvas').getContext('2d');
let on = false;
const frame = (nowMs) => {
  context.clearRect(0, 0, 860, 460);
  context.fillStyle = '#2563eb';
  for (let i = 0; i < ${dots}; i++) {
    context.fillRect(((i * 61.7 + nowMs * 0.1) % 860), (i * 37.3) % 460, 4, 4);
  }
  if (on) requestAnimationFrame(frame);
};
window.bare = { run(next) { if (next && !on) requestAnimationFrame(frame); on = next; } };
</script>`;
