import { execFileSync } from 'node:child_process';
import { expect, fingerprint, nowUs, open, picture, seek, test, troubled } from './page.ts';

test('a run in the browser is the run on the command line', async ({ page }) => {
  await open(page);
  const report = JSON.parse(
    execFileSync(process.execPath, ['scripts/sim.mjs', 'race', '--json'], { encoding: 'utf8' }).trim(),
  );
  expect(await fingerprint(page)).toBe(report.engine.fingerprint);
  const inBrowser = await page.evaluate(() => window.hopscope?.report());
  expect(inBrowser?.totals).toEqual(report.totals);
});

for (const preset of ['lossy-mobile', 'server-crash', 'reconnect-jitter', 'slow-link'])
  test(`${preset}: the same fingerprint in the browser as in Node`, async ({ page }) => {
    await open(page, `#/play?preset=${preset}`);
    const args = ['scripts/sim.mjs', preset, '--json'];
    const report = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
    expect(await fingerprint(page)).toBe(report.engine.fingerprint);
  });

test('playing delivers, and stops where it is told to', async ({ page }) => {
  await open(page);
  const before = await nowUs(page);
  await page.getByLabel('Speed, in model seconds a second').selectOption({ label: '4×' });
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => nowUs(page)).toBeGreaterThan(before + 3_000_000);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  const stopped = await nowUs(page);
  await page.waitForTimeout(150);
  expect(await nowUs(page)).toBe(stopped);
  const results = page.getByRole('complementary', { name: 'Results' });
  await expect(results.getByText('Nothing delivered yet.')).toHaveCount(0);
});

test('at full speed it reaches the end, and plays from the start again', async ({ page }) => {
  await open(page, '#/play?preset=race&t=20000');
  await page.getByLabel('Speed, in model seconds a second').selectOption({ label: 'max' });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Play again from the start' })).toBeVisible();
  expect(await nowUs(page)).toBe(25_000_000);
});

test('whoever comes back to a moment finds the same picture', async ({ page }) => {
  await open(page);
  await seek(page, 5_043_000);
  const first = await picture(page);
  for (const atUs of [12_000_000, 0, 19_999_999]) await seek(page, atUs);
  expect(await picture(page)).not.toEqual(first);
  await seek(page, 5_043_000);
  expect(await picture(page)).toEqual(first);
});

test('a scenario is chosen from the menu, and Back goes back', async ({ page }) => {
  await open(page);
  await page.getByTitle('Choose another scenario').click();
  await page.getByRole('option', { name: /What one lost packet costs/ }).click();
  await expect(page).toHaveTitle(/What one lost packet costs/);
  await expect(page).toHaveURL(/preset=one-lost-packet/);
  await page.goBack();
  await expect(page).toHaveTitle(/One keystroke/);
});

test('a scenario is found by a few letters and opened without the mouse', async ({ page }) => {
  await open(page);
  await page.getByTitle('Choose another scenario').focus();
  await page.keyboard.press('Enter');
  const field = page.getByRole('combobox', { name: 'Find in: Scenarios' });
  await expect(field).toBeFocused();
  const list = page.getByRole('listbox', { name: 'Scenarios' });
  // What is shown now is where arrows begin, under the first heading.
  await expect(list.getByRole('group').first()).toHaveAccessibleName('Start here');
  await expect(list.getByRole('option', { selected: true })).toContainText('shown now');

  await page.keyboard.type('kafka acks');
  const first = list.getByRole('group', { name: 'Hop 2: Kafka' }).getByRole('option').first();
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await expect(first).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('');
  await page.keyboard.type('zebra');
  await expect(list.getByRole('option')).toHaveCount(0);
  await expect(page.getByText('No scenario has that')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(page.getByTitle('Choose another scenario')).toBeFocused();

  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/preset=one-lost-packet/);
});

troubled.describe('without a service worker', () => {
  // What is intercepted has to reach the network.
  troubled.use({ serviceWorkers: 'block' });

  troubled('a simulation that cannot run is said so, and started again', async ({ page }) => {
    await page.route('**/worker-*.js', (route) => route.abort());
    await page.goto('./');
    await expect(page.getByRole('alert')).toContainText('The simulation stopped by an error');
    await expect(page.getByRole('main').getByText('WebSocket').first()).toBeVisible();
    await page.unroute('**/worker-*.js');
    await page.getByRole('button', { name: 'Start it again' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(await fingerprint(page)).toMatch(/^[0-9a-f]{16}$/);
  });
});
