import { deflateRawSync } from 'node:zlib';
import type { Worker } from '@playwright/test';
import { expect, fingerprint, nowUs, open, type Page, troubled as test } from './page.ts';

/** Long enough to simulate that something can happen meanwhile. */
const LONG = `#/play?s=1.${deflateRawSync(
  JSON.stringify({
    version: 1,
    name: 'Long',
    durationMs: 40_000,
    network: { access: { rttMs: 300, lossPct: 1 } },
    publishers: [{ name: 'a', room: 'r', arrivals: { kind: 'periodic', everyMs: 20 } }],
    clients: [{ name: 'w', count: 80, rooms: ['r'], transport: { kind: 'websocket' } }],
  }),
).toString('base64url')}`;

// Recording every step of so large a run would take longer than the run.
test.use({ trace: 'off' });
test.describe.configure({ timeout: 180_000 });

const SAID = /The simulation crashed .* and was started again/;

/** Opens a scenario that takes long, and returns the worker that is at it. */
async function opened(page: Page, hash: string): Promise<Worker> {
  await open(page);
  const worker = await newest(page);
  // Only now, when everything has been loaded: it has not got far when something happens to it.
  await page.evaluate(async (fragment) => {
    location.hash = fragment;
    while (!document.title.startsWith('Long')) await new Promise(requestAnimationFrame);
  }, hash);
  return worker;
}

async function newest(page: Page): Promise<Worker> {
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  return page.workers().at(-1) as Worker;
}

/** Throws in the middle of whatever the worker is at. */
const crash = (worker: Worker) =>
  worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('a hand in the works');
    });
  });

test('a worker that crashes during a simulation is said so, and the run is what it would have been', async ({
  page,
  context,
}) => {
  const worker = await opened(page, LONG);
  await crash(worker);
  await expect(page.getByText(SAID)).toBeVisible();
  const print = await fingerprint(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
  const other = await context.newPage();
  await open(other, LONG);
  expect(print).toBe(await fingerprint(other));
});

test('while it plays a crash does not move the playhead back', async ({ page }) => {
  const worker = await opened(page, LONG);
  const before = await page.evaluate(async () => {
    const { hopscope } = window;
    hopscope?.seek(300_000);
    hopscope?.play();
    while ((hopscope?.nowUs() ?? 0) <= 300_000) await new Promise(requestAnimationFrame);
    return hopscope?.nowUs() ?? 0;
  });
  await crash(worker);
  await expect(page.getByText(SAID)).toBeVisible();
  expect(await nowUs(page)).toBeGreaterThanOrEqual(before);
  const after = await nowUs(page);
  await expect.poll(() => nowUs(page)).toBeGreaterThan(after);
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  expect(await fingerprint(page)).toMatch(/^[0-9a-f]{16}$/);
});

test('a worker that was killed without a word is missed', async ({ page }) => {
  const worker = await opened(page, LONG);
  await worker.evaluate(() => self.close());
  await expect(page.getByText(SAID)).toBeVisible({ timeout: 30_000 });
  expect(await fingerprint(page)).toMatch(/^[0-9a-f]{16}$/);
});

test('a crash between two runs is not noticed, and one while luck is tried is said with a way to go on', async ({
  page,
}) => {
  await open(page, '#/play?preset=race&t=3000');
  await crash(await newest(page));
  await page.getByRole('textbox', { name: 'Seed of all luck' }).fill('5');
  await page.keyboard.press('Enter');
  expect(await fingerprint(page)).toMatch(/^[0-9a-f]{16}$/);

  const before = page.workers().length;
  // A fast machine offers all seeds at once; a slow one offers fewer first.
  await page
    .getByRole('button', { name: /^(All 50 seeds|Is this luck\?)$/ })
    .last()
    .click();
  await expect.poll(() => page.workers().length).toBeGreaterThan(before);
  await crash(await newest(page));
  await expect(page.getByText('A run with another seed stopped by an error')).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('A run with another seed stopped by an error')).toHaveCount(0);
  await expect(page.getByRole('list', { name: 'Is this luck?' })).toBeVisible({ timeout: 40_000 });
});
