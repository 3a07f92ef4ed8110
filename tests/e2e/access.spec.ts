import AxeBuilder from '@axe-core/playwright';
import { expect, nowUs, open, seek, test } from './page.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on Play, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open(page, '#/play?preset=race&t=5043');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
  });
}

test('everything by keyboard', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Skip to the stage' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  await page.keyboard.press('Home');
  await expect.poll(() => nowUs(page)).toBe(0);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const second = await nowUs(page);
  expect(second).toBeGreaterThan(0);
  await page.keyboard.press('ArrowLeft');
  expect(await nowUs(page)).toBeLessThan(second);
  await page.keyboard.press('.');
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await page.keyboard.press('k');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('>');
  await expect(page.getByLabel('Speed, in model seconds a second')).toHaveValue('0.25');
  await page.keyboard.press('End');
  await expect.poll(() => nowUs(page)).toBe(25_000_000);

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('what happens at a step is told to screen readers', async ({ page }) => {
  await open(page, '#/play?preset=race&t=3000');
  const log = page.getByRole('log', { name: 'What happens' });
  await expect(async () => {
    await page.keyboard.press('ArrowRight');
    await expect(log).toContainText(/delivered to|is lost/, { timeout: 100 });
  }).toPass();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('one part at a time, nothing cut off, targets for thumbs', async ({ page }) => {
    await open(page);
    await seek(page, 5_043_000);
    for (const tab of ['Stage', 'Latency', 'Why', 'Controls', 'Ladder']) {
      await page.getByRole('navigation').getByRole('button', { name: tab }).click();
      const { wide, small } = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth,
        small: ['header', 'nav', '[aria-label="Controls"]', '[aria-label="Player"]']
          .flatMap((part) => [
            ...document.querySelectorAll(
              `:is(${part}) :is(button, select, summary, input:not(label *), label:has(input))`,
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
