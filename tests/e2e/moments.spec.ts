import { readFileSync } from 'node:fs';
import { expect, fingerprint, fragment, nowUs, open, type Page, seek, test } from './page.ts';

const paste = (page: Page, text: string) =>
  page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, text);

test.describe('handed on', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('a link carries scenario, change, moment, selection, view and caption; a frame’s code can be pasted', async ({
    page,
  }) => {
    await open(page, '#/play?preset=race&t=5000&seed=9');
    await page.keyboard.press('Shift+C');
    await page.getByRole('tab', { name: 'Packets' }).click();
    await page.getByRole('complementary').getByRole('button', { name: 'SSE', exact: true }).click();
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByLabel('Caption that goes with the link').fill('Look how SSE waits.');
    await page.getByRole('button', { name: 'Put it on' }).click();
    const [changed, link] = [await fingerprint(page), await fragment(page)];
    expect(link.length).toBeLessThan(900);

    const other = await page.context().newPage();
    await open(other, link);
    expect(await fingerprint(other)).toBe(changed);
    expect(await nowUs(other)).toBe(5_000_000);
    await expect(other.getByText('Look how SSE waits.')).toBeVisible();
    await expect(other.getByRole('tab', { name: 'Packets' })).toHaveAttribute('aria-selected', 'true');
    await expect(other.getByRole('complementary').getByRole('article')).toContainText('SSE');
    await expect(
      other.getByRole('region', { name: 'Controls' }).getByText('seed', { exact: false }),
    ).toHaveCount(1);
    await other.close();

    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('button', { name: /^Copy code for a frame/ }).click();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toContain('<iframe');
    const code = await copied();
    await page.goto('about:blank');
    await open(page);
    await paste(page, code);
    await expect(page.getByText('Look how SSE waits.')).toBeVisible();
    expect(await fingerprint(page)).toBe(changed);
  });
});

test('what is pasted and means nothing is refused in one sentence', async ({ page }) => {
  await open(page, '#/play?preset=race&t=3000');
  await paste(page, 'lorem ipsum');
  await expect(page.getByRole('alert')).toContainText(
    'The pasted text: expected a link to a moment (…#/play?…) or a comparison, the code of a frame, or a scenario as JSON.',
  );
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a scenario is saved to a file, and opened from it', async ({ page }) => {
  await open(page, '#/play?preset=race&t=5000');
  await page.keyboard.press('Shift+C');
  const changed = await fingerprint(page);
  await page.getByRole('button', { name: 'Share' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Save the scenario to a file/ }).click();
  const path = await (await download).path();
  expect(JSON.parse(readFileSync(path, 'utf8')).faults).toHaveLength(1);

  await page.goto('about:blank');
  await open(page);
  await page.getByTitle('Choose another scenario').click();
  await page.locator('input[type=file]').setInputFiles(path);
  await expect(page.getByRole('button', { name: 'Link cut', exact: true })).toBeVisible();
  expect(await fingerprint(page)).toBe(changed);
});

test('acting in the past forks: the earlier run stays, is drawn beside it, and is compared', async ({
  page,
}) => {
  await open(page, '#/play?preset=race&t=4500');
  const original = await fingerprint(page);
  await page.keyboard.press('Shift+C');
  const changed = await fingerprint(page);
  await seek(page, 6_500_000);
  const card = page.getByRole('main').getByRole('button', { name: /^SSE/ });
  await expect(card).toContainText('in “Original run”: “…o hel”');
  await expect(page.getByText(/dotted: “Original run” where it went otherwise/)).toBeVisible();
  await expect(
    page
      .getByRole('complementary')
      .getByText(/^was \d+/)
      .first(),
  ).toBeVisible();

  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Compare runs' });
  await expect(dialog).toContainText('Identical until 4.5');
  await expect(dialog).toContainText('Same luck: seed 7 in both.');
  await page.keyboard.press('Escape');

  await page.keyboard.press('[');
  expect(await fingerprint(page)).toBe(original);
  await page.keyboard.press(']');
  expect(await fingerprint(page)).toBe(changed);
  await page.keyboard.press('h');
  await expect(page.getByText(/dotted:/)).toHaveCount(0);
});

test('is this luck? other seeds are run in the background, and drawn as bands', async ({ page }) => {
  await open(page, '#/play?preset=one-lost-packet');
  const seed = page.getByRole('textbox', { name: 'Seed of all luck' });
  const before = Number(await seed.inputValue());
  await page.keyboard.press('i');
  const said = page.getByRole('list', { name: 'Is this luck?' });
  await expect(said).toContainText(/over \d+ seeds|the same in all \d+ seeds/, { timeout: 40_000 });
  await page.keyboard.press('s');
  await expect(seed).toHaveValue(String(before + 1));
  await expect(page.getByRole('button', { name: /^Run shown: Seed/ })).toBeVisible();
});

test('pointed at anywhere, it lights everywhere', async ({ page }) => {
  await open(page, '#/play?preset=race&t=5043');
  const card = page.getByRole('main').getByRole('button', { name: /^SSE/ });
  const row = page.getByRole('complementary').getByRole('row').filter({ hasText: 'SSE' }).last();
  await row.hover();
  await expect(card).toHaveAttribute('data-pointed', 'true');
  await card.hover();
  await expect(row).toHaveAttribute('data-pointed', 'true');
  await page
    .getByRole('figure', { name: 'Ladder' })
    .getByRole('button', { name: 'WebSocket', exact: true })
    .hover();
  await expect(row).toHaveAttribute('data-pointed', 'false');
  await page.getByRole('tab', { name: 'Connections' }).click();
  await card.hover();
  const connection = page
    .getByRole('grid', { name: 'Connections' })
    .getByRole('row')
    .filter({ hasText: 'SSE' });
  await expect(connection).toHaveAttribute('data-pointed', 'true');
  // A message: its dot, and the records that are about it.
  await seek(page, 5_086_000);
  await page.getByRole('tab', { name: 'Log' }).click();
  const line = page
    .getByRole('grid', { name: 'Event log' })
    .getByRole('row')
    .filter({ hasText: /gets/ })
    .last();
  await line.hover();
  await expect(page.getByRole('complementary').locator('circle[data-chosen=true]')).not.toHaveCount(0);
});

test('time runs to a condition, skips what is idle and says so', async ({ page }) => {
  await open(page, '#/play?preset=race&t=5000');
  await page.getByTitle('Run to the next loss, delivery, …').click();
  await page.getByRole('spinbutton', { name: /a delivery takes more than/ }).fill('300');
  await page.getByRole('spinbutton', { name: /a delivery takes more than/ }).press('Enter');
  await expect(page.getByRole('complementary').getByRole('article')).toContainText(/Message \d+/);
  expect(await nowUs(page)).toBeGreaterThan(5_000_000);
  const speeds = page.getByLabel('Speed, in model seconds a second');
  await expect(speeds.getByRole('option').first()).toHaveText('1/1000×');
  await expect(speeds.getByRole('option').last()).toHaveText('max');
  await page.keyboard.press('Escape');
  await seek(page, 4_900_000);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByText(/⇥ .* skipped/)).toBeVisible();
});
