import { expect, fingerprint, nowUs, type Page, test } from './page.ts';
import { putUp, type Site } from './site.ts';

let site: Site;
test.beforeEach(async () => {
  site = await putUp();
});
test.afterEach(() => site.close());

/** A first visit, until all is kept for use without a network. */
async function visit(page: Page): Promise<void> {
  await page.goto(site.url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** Gives the document that stands there a title by which it is told from one that comes later. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.title = 'as it was';
  });
}

test('after the first visit everything works without a network', async ({ page }) => {
  await visit(page);
  const first = await fingerprint(page);
  await site.close();
  await page.reload();
  await page.waitForFunction(() => window.hopscope !== undefined);
  expect(await fingerprint(page)).toBe(first);

  const before = await nowUs(page);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => nowUs(page)).toBeGreaterThan(before);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  for (const view of ['Connections', 'Machine', 'Log', 'Packets', 'Ladder']) {
    await page.getByRole('tab', { name: view }).click();
    await expect(page.getByRole('tabpanel').getByRole('figure').first()).toBeVisible();
  }
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('combobox', { name: 'What do you want to do?' }).fill('what one lost');
  await page.keyboard.press('Enter');
  await expect(page).toHaveTitle(/What one lost packet costs/);
  expect(await fingerprint(page)).toMatch(/^[0-9a-f]{16}$/);
  expect(await page.evaluate(() => document.fonts.check('13px Inter'))).toBe(true);
});

test('a new version says that it is ready, and comes when it is asked for', async ({ page }) => {
  await visit(page);
  site.renew();
  await page.reload();
  const notice = page.getByRole('region', { name: 'New version' });
  await expect(notice).toBeVisible();
  await mark(page);
  await notice.getByRole('button', { name: 'Later' }).click();
  await expect(notice).toHaveCount(0);
  await expect(page).toHaveTitle('as it was');

  await page.reload();
  await expect(notice).toBeVisible();
  await mark(page);
  await notice.getByRole('button', { name: 'Reload' }).click();
  await expect(page).toHaveTitle(/One keystroke/);
  await page.waitForFunction(() => window.hopscope !== undefined);
  await fingerprint(page);
  const kept = () =>
    page.evaluate(async () => (await caches.keys()).map((name) => name.split(' ').at(-1)?.[0]));
  await expect.poll(kept).toEqual(['1']);
  await expect(notice).toHaveCount(0);
});

test('what an installed app is called and looks like', async ({ page }) => {
  await page.goto(site.url);
  const link = await page.locator('link[rel=manifest]').getAttribute('href');
  const address = new URL(link ?? '', site.url);
  const manifest = await (await page.request.get(address.href)).json();
  expect(new URL(manifest.start_url, address).href).toBe(site.url);
  const sizes = [];
  for (const { src, sizes: size, purpose, type } of manifest.icons) {
    const icon = await page.request.get(new URL(src, address).href);
    expect(icon.headers()['content-type'], src).toBe(type);
    sizes.push(`${size} ${purpose ?? 'any'}`);
    if (type !== 'image/png') continue;
    // The width and height of a PNG stand in its first chunk.
    const body = await icon.body();
    expect(`${body.readUInt32BE(16)}x${body.readUInt32BE(20)}`, src).toBe(size);
  }
  expect(sizes).toEqual(expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']));
});
