import { execFileSync } from 'node:child_process';
import AxeBuilder from '@axe-core/playwright';
import { expect, fingerprint, fragment, nowUs, open, type Page, seek, test } from './page.ts';

const lanes = (page: Page) => page.getByRole('region', { name: 'The last moments' });
const controls = (page: Page) => page.getByRole('region', { name: 'Controls' });
const grid = (page: Page) => page.getByRole('grid');

test('from Play to its variants and back, each page as it was left', async ({ page }) => {
  await open(page, '#/play?preset=link-down&t=12000');
  const played = await fingerprint(page);
  await page.getByRole('link', { name: 'Compare' }).click();
  await expect(page).toHaveTitle(/^Compare: Twenty seconds without a link/);
  await expect(lanes(page).getByRole('listitem')).toHaveCount(5);
  await seek(page, 15_000_000);
  await page.getByRole('link', { name: 'Play' }).click();
  await expect(page).toHaveTitle(/^Twenty seconds/);
  expect(await fingerprint(page)).toBe(played);
  expect(await nowUs(page)).toBe(12_000_000);
  await page.goBack();
  await expect(page).toHaveTitle(/^Compare/);
  expect(await nowUs(page)).toBe(15_000_000);
});

test('“Compare variants of this” compares what Play shows', async ({ page }) => {
  await open(page, '#/play?preset=race&seed=9&t=3000');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'What do you want to do?' }).fill('compare variants');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/compare\?preset=race&seed=9$/);
});

test('a comparison is made, and its table is the command line’s', async ({ page }) => {
  await open(page, '#/compare?t=3000');
  await controls(page).getByRole('button', { name: 'Sets' }).click();
  await page.getByRole('button', { name: /^RTT 20 · 100 · 300 ms/ }).click();
  await controls(page).getByLabel('Transport, unless changed').selectOption('WebSocket');
  await expect(lanes(page).getByRole('listitem')).toHaveCount(3);

  await controls(page).getByRole('button', { name: 'Add variant' }).click();
  await controls(page).getByLabel('Add a change to D').selectOption('Packet loss');
  const loss = controls(page).getByRole('textbox', { name: 'Packet loss of D' });
  await loss.fill('120');
  await loss.press('Enter');
  await expect(controls(page).getByRole('alert')).toContainText('network.access.lossPct: expected a number');
  await loss.fill('10 %');
  await loss.press('Enter');
  await expect(controls(page).getByRole('alert')).toHaveCount(0);
  const name = controls(page).getByRole('textbox', { name: 'Name of variant D' });
  await expect(name).toHaveValue('Loss 10 %');
  await name.fill('Lossy');
  await name.press('Enter');

  await fingerprint(page);
  const row = page.getByRole('row', { name: /^p99/ });
  await expect(row.getByRole('cell')).toHaveCount(4);
  const inPage = await page.evaluate(() => window.hopscope?.reports());
  const set = ['expect=[]', 'network.access.lossPct=10'].flatMap((one) => ['--set', one]);
  const reader = '[{"name":"reader","rooms":["doc-123"],"transport":{"kind":"websocket"}}]';
  const args = ['scripts/sim.mjs', 'race', '--json', '--set', `clients=${reader}`, ...set];
  const report = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  expect(inPage?.[3]?.engine.fingerprint).toBe(report.engine.fingerprint);
  const p99 = Math.round(report.groups.reader.deliveries.latencyMs.p99);
  await expect(row.getByRole('cell').nth(3)).toContainText(String(p99));

  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await expect(name).toHaveValue('Loss 10 %');
  await page.keyboard.press('Control+z');
  await expect(name).toHaveValue('Loss 2 %');
  await expect(loss).toHaveValue('2 %');
  await page.keyboard.press('Control+z');
  await expect(name).toHaveValue('As it is');
});

test('one clock drives all variants', async ({ page }) => {
  await open(page, '#/compare?t=5000');
  const first = await nowUs(page);
  await page.keyboard.press('ArrowRight');
  expect(await nowUs(page)).toBeGreaterThan(first);
  await page.getByLabel('Speed, in model seconds a second').selectOption({ label: '4×' });
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => nowUs(page)).toBeGreaterThan(first + 3_000_000);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await seek(page, 25_000_000);
  // At the end all have got the same text, whatever it took.
  for (const lane of await lanes(page).getByRole('listitem').all())
    await expect(lane).toContainText('hello hello');
  await seek(page, 12_363_000);
  await expect(lanes(page).getByRole('listitem').nth(2)).toContainText('held behind a loss');
});

test('a difference leads to its story, and the link brings it back', async ({ page, context }) => {
  await open(page, '#/compare?t=3000&view=differences&pair=C-D');
  await expect(page.getByText('5 of 36 updates')).toBeVisible();
  await grid(page).getByRole('row').nth(1).getByRole('gridcell').nth(1).click();
  const why = page.getByRole('complementary', { name: 'Results' });
  await expect(why.getByRole('heading', { level: 2 })).toContainText('Message');
  await expect(why.getByRole('button', { name: 'In C SSE' })).toHaveAttribute('aria-pressed', 'true');
  await expect(why).toContainText('582 ms');
  expect(await nowUs(page)).toBe(12_508_774);

  await why.getByRole('button', { name: 'In D WebSocket' }).click();
  await expect(why).toContainText('50 ms');
  const link = await fragment(page);
  expect(link).toMatch(
    /^#\/compare\?preset=race&t=12508\.774&sel=D\.message-\d+-0&pair=C-D&view=differences$/,
  );
  const before = await fingerprint(page);
  const other = await context.newPage();
  await open(other, link);
  expect(await fingerprint(other)).toBe(before);
  expect(await nowUs(other)).toBe(12_508_774);
  await expect(other.getByRole('complementary', { name: 'Results' })).toContainText('50 ms');
  await other.close();

  await page.getByRole('checkbox', { name: 'only what differs' }).uncheck();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '37');
});

test('by keyboard alone: through the list of differences to a story', async ({ page }) => {
  await open(page, '#/compare?t=3000&view=differences&pair=C-D');
  await grid(page).focus();
  for (const key of ['Home', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  await expect(page.getByRole('complementary', { name: 'Results' })).toContainText('Message');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('figure', { name: 'Delivery latency of the variants' })).toBeVisible();
  await page.keyboard.press('p');
  await page.keyboard.press('2');
  await expect(page.getByRole('table', { name: /What each variant came to/ })).toBeVisible();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Present' })).toBeVisible();
});

test('whether a difference is luck is asked of other seeds', async ({ page }) => {
  await open(page, '#/compare?t=3000');
  await page.getByRole('button', { name: 'Is this luck?' }).click();
  await expect(page.getByText('small: lowest to highest of 10 seeds')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('row', { name: /^p50/ })).toContainText('best in');
});

test('a comparison is saved to a file and opened from it', async ({ page }) => {
  await open(page, '#/compare?set=tls&t=3000');
  const before = await fingerprint(page);
  const menu = page.getByTitle('Compare variants of another scenario');
  await menu.click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save to a file' }).click();
  const path = await (await download).path();
  await page.keyboard.press('Escape');
  await controls(page).getByRole('button', { name: 'More for variant A' }).click();
  await page.getByRole('button', { name: 'Remove' }).click();
  await expect(lanes(page).getByRole('listitem')).toHaveCount(2);
  await menu.click();
  await page.getByLabel('Open a file…').setInputFiles(path);
  await expect(lanes(page).getByRole('listitem')).toHaveCount(3);
  expect(await fingerprint(page)).toBe(before);
});

test('bad links are refused in one sentence, and the race stands there', async ({ page }) => {
  page.on('dialog', () => {
    throw new Error('something of the link was executed');
  });
  await open(page, '#/compare?c=1.AAAAbbbbCCCC');
  await expect(page.getByRole('alert')).toContainText('damaged');
  for (const [hash, says] of [
    ['#/compare?preset=<img src=x onerror=alert(1)>', /preset: expected a name out of the menu/],
    ['#/compare?pair=A-Z', /pair: expected two variants from A to D/],
    ['#/compare?evil=1', /expected one of/],
  ] as const) {
    await page.evaluate((fragment) => {
      location.hash = fragment;
    }, hash);
    await expect(page.getByRole('alert')).toContainText(says);
    await expect(lanes(page).getByRole('listitem')).toHaveCount(4);
  }
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on Compare, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const complaints = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    };
    await open(page, '#/compare?t=12363');
    expect(await complaints()).toEqual([]);
    await page.keyboard.press('d');
    await grid(page).getByRole('row').nth(1).click();
    await expect(page.getByRole('complementary', { name: 'Results' })).toContainText('Message');
    expect(await complaints()).toEqual([]);
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('one part at a time, nothing cut off, targets for thumbs', async ({ page }) => {
    await open(page, '#/compare?t=12363');
    for (const tab of ['Table', 'Latency', 'Diffs', 'Why', 'Variants', 'Lanes']) {
      await page.getByRole('navigation').getByRole('button', { name: tab }).click();
      const { wide, small } = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth,
        small: ['header', 'nav', 'main', '[aria-label="Player"]']
          .flatMap((part) => [
            ...document.querySelectorAll(
              `:is(${part}) :is(button, select, summary, input:not(label *), label:has(input), nav a)`,
            ),
          ])
          .map((element) => ({ element, box: element.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 2 && box.height > 2 && box.height < 43.5)
          .map(({ element }) => element.outerHTML.slice(0, 120)),
      }));
      expect(wide, tab).toBe(390);
      expect(small, tab).toEqual([]);
    }
  });
});

test('choosing the other side’s variant changes places with it, and the link says so', async ({ page }) => {
  await open(page, '#/compare?preset=race&view=differences');
  await page.getByLabel('First of two variants').selectOption({ label: 'B Long polling' });
  await expect(page.getByLabel('First of two variants')).toHaveCount(1);
  const link = await fragment(page);
  expect(link).toContain('pair=B-A');
  await open(page, link);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a set of variants is chosen in a box that nothing cuts off: every broker', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto('./#/compare?preset=race');
  await page.getByRole('button', { name: 'Sets', exact: true }).click();
  const choice = page.getByRole('button', { name: /^Every broker/ });
  await expect(choice).toBeInViewport({ ratio: 1 });
  await choice.click();
  await expect(page.getByRole('combobox', { name: 'Backplane of A' }).locator('option:checked')).toHaveText(
    'Database polling',
  );
  await expect(page.getByRole('combobox', { name: /^Backplane of [A-H]$/ })).toHaveCount(8);
  await expect(page.getByRole('figure', { name: 'Delivery latency of the variants' })).toContainText(
    'A Database',
  );
});
