import AxeBuilder from '@axe-core/playwright';
import { expect, nowUs, open, type Page, seek, test } from './page.ts';

const PAUSED = '#/play?preset=race&t=5043';

/** Something that the page can look like: how one gets there, which part of it is new, and how one gets back. */
type State = [name: string, act: (page: Page) => Promise<unknown>, within: string, back?: string];

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();
const key = (chord: string) => (page: Page) => page.keyboard.press(chord);
const tab = (name: string) => (page: Page) => page.getByRole('tab', { name }).click();
const part = (name: string) => (page: Page) =>
  page.getByRole('navigation').getByRole('button', { name }).click();
const fork = async (page: Page) => {
  await page.getByRole('slider', { name: 'Packet loss' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('button', { name: 'Compare' }).first()).toBeEnabled();
};

const AT_A_DESK: State[] = [
  ['paused', key('Home'), 'body'],
  ['paused on a loss, with its story', key('x'), 'aside'],
  ['connections', tab('Connections'), '[role=tabpanel]'],
  ['machine', tab('Machine'), '[role=tabpanel]'],
  ['log', tab('Log'), '[role=tabpanel]'],
  ['packets', tab('Packets'), '[role=tabpanel]'],
  ['share', button('Share'), 'header', 'Escape'],
  ['scenarios', (page) => page.getByTitle('Choose another scenario').click(), 'header', 'Escape'],
  ['run to', button('run to'), '[aria-label=Player]', 'Escape'],
  ['keys', key('?'), 'dialog[open]', 'Escape'],
  ['palette', key('Control+k'), 'dialog[open]', 'Escape'],
  ['options', (page) => page.getByText('Clients and options').click(), '[aria-label=Controls]'],
  ['forked', fork, '[aria-label=Runs]'],
  ['runs that are kept', button(/Run shown/), '[aria-label=Runs]', 'Escape'],
  ['two runs compared', button('Compare'), 'dialog[open]', 'Escape'],
  ['presentation', key('p'), 'body', 'Escape'],
  ['playing', button('Play'), 'main'],
];

const ON_A_PHONE: State[] = [
  ['ladder', part('Ladder'), 'body'],
  ['stage', part('Stage'), 'main'],
  ['latency', part('Latency'), 'main'],
  ['controls', part('Controls'), 'main'],
  ['why', (page) => key('x')(page).then(() => part('Why')(page)), 'main'],
];

const ELSEWHERE = {
  'a frame': '#/embed?preset=race&t=5043',
  'a frame with one view': '#/embed?preset=race&t=5043&view=latency&controls=none',
  'a frame with all controls': '#/embed?preset=race&t=5043&controls=full',
  'a bad link': '#/play?preset=nothing',
  'a caption': `${PAUSED}&caption=Look%20here`,
};

async function look(page: Page, name: string, within: string): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[data-coming]') === null);
  const axe = new AxeBuilder({ page }).include(within);
  // What a page is made of is the same in both themes.
  if (await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
    axe.withRules(['color-contrast', 'link-in-text-block']);
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  expect.soft(found, name).toEqual([]);
}

async function walk(page: Page, states: readonly State[]): Promise<void> {
  for (const [name, act, within, back] of states) {
    await act(page);
    await look(page, name, within);
    if (back !== undefined) await page.keyboard.press(back);
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${colorScheme}`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });
    test.setTimeout(240_000);

    test('at a desk', async ({ page }) => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await open(page, PAUSED);
      await walk(page, AT_A_DESK);
    });

    test('on a phone', async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await open(page, PAUSED);
      await walk(page, ON_A_PHONE);
    });

    test('in frames, at a bad link, with a caption', async ({ page }) => {
      for (const [name, hash] of Object.entries(ELSEWHERE)) {
        await page.goto('about:blank');
        await open(page, hash);
        await look(page, name, 'body');
      }
    });
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

  test('what to watch is told there as well', async ({ page }) => {
    await open(page);
    await page.getByRole('navigation').getByRole('button', { name: 'Why' }).click();
    const about = page.getByRole('region', { name: 'About this run' });
    await expect(about).toContainText('Watch who has to ask first');
    await expect(about).toBeInViewport();
  });
});

/** What is cut off by the window's edge, and what of the player lies over something else of it. */
async function misplaced(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const seen = (element: Element) => {
      const box = element.getBoundingClientRect();
      return box.width > 2 && box.height > 2 ? [{ element, box }] : [];
    };
    const name = (element: Element) =>
      element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? '';
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page is wider than the window');
    const parts = [
      ...document.querySelectorAll('[aria-label="Player"] :is(button, select, [role=timer], [role=slider])'),
    ];
    const boxes = parts
      .filter((part) => part.closest('figure') === null || part.role === 'slider')
      .flatMap(seen);
    for (const { element, box } of boxes)
      if (box.left < 0 || box.right > innerWidth + 0.5) found.push(`${name(element)} is cut off`);
    boxes.forEach((a, i) => {
      for (const b of boxes.slice(i + 1)) {
        const over =
          Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 1 &&
          Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 1;
        if (over) found.push(`${name(a.element)} lies over ${name(b.element)}`);
      }
    });
    return found;
  });
}

for (const [name, width, height] of [
  ['a small phone', 360, 640],
  ['a phone', 390, 844],
  ['a phone on its side', 844, 390],
  ['1440 × 900 at 200 %', 720, 450],
  ['a tablet', 820, 1180],
  ['a small laptop', 1280, 720],
] as const) {
  test(`nothing is lost and nothing overlaps: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, PAUSED);
    expect(await misplaced(page)).toEqual([]);
    const ladder = page.getByRole('figure', { name: 'Ladder' });
    await ladder.scrollIntoViewIfNeeded();
    expect((await ladder.boundingBox())?.height).toBeGreaterThan(180);
    await expect(ladder.locator('canvas')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeInViewport();
  });
}

test('with reduced motion packets stand still between events', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, '#/play?preset=race&t=5060');
  const drawn = () =>
    page
      .getByRole('main')
      .locator('canvas')
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  await page.getByLabel('Speed, in model seconds a second').selectOption({ label: '1/1000×' });
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const from = await nowUs(page);
  // As long as half a millisecond of the run, in which little happens, however long a busy machine takes for it.
  const pictures = new Set<string>();
  for (let now = from; now < from + 500; ) {
    const picture = await drawn();
    now = await nowUs(page);
    if (now < from + 500) pictures.add(picture);
  }
  expect(pictures.size).toBeLessThanOrEqual(2);
});

test('a presentation is led by a remote clicker', async ({ page }) => {
  await open(page, PAUSED);
  const usual = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
  await page.keyboard.press('p');
  const large = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
  expect(large / usual).toBeCloseTo(1.25);
  const before = await nowUs(page);
  await page.keyboard.press('PageDown');
  const next = await nowUs(page);
  expect(next).toBeGreaterThan(before);
  await page.keyboard.press('PageUp');
  expect(await nowUs(page)).toBeLessThan(next);
  for (const blank of ['b', '.']) {
    await page.keyboard.press(blank);
    await expect(page.getByText('Blank. B or . brings it back.')).toBeVisible();
    await page.keyboard.press(blank);
    await expect(page.getByText('Blank. B or . brings it back.')).toHaveCount(0);
  }
  await page.keyboard.press('1');
  await expect(page.getByRole('figure', { name: 'Ladder' })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Now' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('navigation', { name: 'Views' })).toHaveCount(0);
});

test('the controls of a frame are what its address says', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  for (const [controls, player, panel] of [
    ['none', 0, 0],
    ['player', 1, 0],
    ['full', 1, 1],
  ] as const) {
    await page.goto('about:blank');
    await open(page, `#/embed?preset=race&t=5043&controls=${controls}&theme=dark`);
    await expect(page.getByRole('region', { name: 'Player' })).toHaveCount(player);
    await expect(page.getByRole('region', { name: 'Controls' })).toHaveCount(panel);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page.getByRole('link', { name: 'Open full in Hopscope' })).toHaveAttribute(
      'href',
      /#\/play\?preset=race&t=5043$/,
    );
  }
});
