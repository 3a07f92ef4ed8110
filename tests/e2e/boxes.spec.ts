import { expect, open, type Page, test } from './page.ts';

/** Whether all of it is within the window. */
async function isInSight(page: Page, selector: string): Promise<boolean> {
  const [box, size] = [await page.locator(selector).boundingBox(), page.viewportSize()];
  if (box === null || size === null) return false;
  return box.x >= 0 && box.y >= 0 && box.x + box.width <= size.width && box.y + box.height <= size.height;
}

for (const size of [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
]) {
  test(`what opens at ${size.width}×${size.height} is in sight, though its choices come late`, async ({
    page,
  }) => {
    await page.setViewportSize(size);
    await open(page, '#/play?preset=race&t=5043');
    // By key: no pointer announces it, so that its choices are drawn when the box stands already.
    await page.getByRole('button', { name: 'run to' }).press('Enter');
    await expect(page.getByRole('list', { name: 'Run to' })).toBeAttached();
    await expect.poll(() => isInSight(page, '[popover]:popover-open')).toBe(true);
  });
}

test('the list of keys is shown from its beginning', async ({ page }) => {
  await open(page);
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await expect(dialog.getByRole('heading', { name: 'Keys' })).toBeInViewport();
  await expect(dialog.getByRole('heading', { name: 'Keys' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('what can be done to a client leaves the panel that tells of it in sight', async ({ page }) => {
  await open(page, '#/play?preset=race&t=5043');
  await page.getByRole('main').getByRole('button', { name: /^SSE/ }).click();
  const panel = await page.getByRole('complementary', { name: 'Results' }).boundingBox();
  const menu = page.locator('[popover]:popover-open');
  await expect(menu).toContainText('Take it off the network');
  const box = await menu.boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(panel?.x ?? 0);
});

test('all filters of the log are in sight on a laptop', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await open(page, '#/play?preset=race&t=5043');
  await page.getByRole('tab', { name: 'Log' }).click();
  const filters = page.getByRole('search', { name: 'Filter the log' });
  for (const one of [filters.getByLabel('Find words in the log'), filters.getByLabel('Client')])
    await expect(one).toBeInViewport({ ratio: 1 });
});

test('a figure that is not taken is answered in one sentence, for whoever types, leaves or cannot see', async ({
  page,
}) => {
  await open(page);
  const trip = page.getByLabel('Round-trip time, exact value');
  await trip.fill('banana');
  await trip.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('“banana”: expected 0 ms to 60000 ms');
  await expect(page.getByRole('alert')).toBeInViewport({ ratio: 1 });
  await expect(trip).toHaveAttribute('aria-invalid', 'true');
  await trip.fill('1e9');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await trip.blur();
  await expect(page.getByRole('alert')).toHaveText('“1e9”: expected 0 ms to 60000 ms');
  await expect(trip).toHaveValue(/100\s?ms/);
  await trip.fill('120');
  await trip.press('Enter');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(trip).toHaveValue(/120\s?ms/);
});
