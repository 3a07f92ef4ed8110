import { test as base, expect, type Page } from '@playwright/test';

/** A test that expects trouble. */
export { base as troubled, expect, type Page };

/** A test that fails when anything is complained about in the console. */
export const test = base.extend<{ quiet: undefined }>({
  quiet: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await use(undefined);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens Play, and waits until the run is simulated to its end and all views that are shown have come. */
export async function open(page: Page, hash = ''): Promise<void> {
  await page.goto(`./${hash}`);
  await page.waitForFunction(() => window.hopscope !== undefined);
  await fingerprint(page);
  await page.waitForFunction(() => document.querySelector('[data-coming]') === null);
}

export const fingerprint = (page: Page): Promise<string> =>
  page.evaluate(() => window.hopscope?.fingerprint() ?? '');

/** Moves the playhead, and waits until it rests and the whole picture is that of the moment. */
export async function seek(page: Page, atUs: number): Promise<void> {
  await page.evaluate(async (us) => {
    window.hopscope?.seek(us);
    // While it plays it never rests.
    for (let frame = 0; frame < 90 && window.hopscope?.rests() === false; frame++)
      await new Promise(requestAnimationFrame);
  }, atUs);
}

/** The fragment of the address that replays what is shown. */
export const fragment = async (page: Page): Promise<string> =>
  new URL(await page.evaluate(() => window.hopscope?.link() ?? '')).hash;

export const nowUs = (page: Page): Promise<number> => page.evaluate(() => window.hopscope?.nowUs() ?? -1);

/** All that can be seen: the page's text, and what its canvases show. */
export const picture = (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    document.body.innerText,
    ...[...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()),
  ]);
