import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from './page.ts';

declare global {
  interface Window {
    keyEvents?: KeyboardEvent[];
  }
}

test('no key is lost from the first picture on, however slowly the rest of the page comes', async ({
  page,
}) => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(() => {
    window.keyEvents = [];
    window.addEventListener('keydown', (event) => window.keyEvents?.push(event), true);
  });
  await page.goto('./#/play?preset=race', { waitUntil: 'commit' });
  const home = { key: 'Home', code: 'Home', windowsVirtualKeyCode: 36 };
  // As a hand on a key that repeats fast. Nobody waits for an answer, so that keys come while the page is at work as well.
  const sent: Promise<unknown>[] = [];
  for (const endMs = Date.now() + 4_500; Date.now() < endMs; await sleep(3)) {
    sent.push(devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...home }));
    sent.push(devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...home }));
  }
  await Promise.all(sent);
  const acted = () => page.evaluate(() => (window.keyEvents ?? []).map((event) => event.defaultPrevented));
  await expect.poll(async () => (await acted()).at(-1)).toBe(true);
  const all = await acted();
  expect(all.slice(all.indexOf(true)).filter((one) => !one)).toEqual([]);
});
