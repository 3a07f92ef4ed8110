import { deflateRawSync } from 'node:zlib';
import { expect, nowUs, open, type Page, test } from '../e2e/page.ts';

/*
 * What the page looks like at fixed moments of virtual time. The fonts are the page's own, hinting and subpixels are
 * off (playwright.config.ts), nothing moves; what another build of Chromium draws otherwise is antialiasing, which the
 * comparison lets pass. A picture that is meant to change is made anew with
 * `npx playwright test tests/visual --update-snapshots` and looked at before it is kept.
 */
const SIZES = {
  large: { width: 1440, height: 900 },
  laptop: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
} as const;

interface Picture {
  state: string;
  size: keyof typeof SIZES;
  scheme: 'light' | 'dark';
  hash: string;
  after?(page: Page): Promise<unknown>;
}

/** The first loss of a frame to the WebSocket client, as the ladder has it. */
const LOSS = '#/play?preset=race&t=4770';
const LOSS_US = 4_770_515;
const toTheLoss = async (page: Page) => {
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => nowUs(page)).toBeLessThan(4_770_000);
  // The worker is asked where the next loss is: the playhead moves when its answer is there.
  await page.keyboard.press('x');
  await expect.poll(() => nowUs(page)).toBe(LOSS_US);
  await expect(page).toHaveURL(/sel=packet/);
};
const STALLED = '#/play?preset=race&t=5173&sel=message-8-3';
const DAMAGED = `#/play?s=1.${deflateRawSync('{"version":1,"hosts":3}').toString('base64url')}`;

const PICTURES: readonly Picture[] = [
  { state: 'start', size: 'large', scheme: 'light', hash: '' },
  { state: 'start', size: 'phone', scheme: 'light', hash: '' },
  { state: 'loss', size: 'large', scheme: 'dark', hash: LOSS, after: toTheLoss },
  { state: 'loss', size: 'phone', scheme: 'light', hash: `${LOSS}&view=stage`, after: toTheLoss },
  { state: 'forked', size: 'large', scheme: 'light', hash: '#/play?preset=race&t=4500', after: forked },
  { state: 'forked', size: 'laptop', scheme: 'dark', hash: '#/play?preset=race&t=4500', after: forked },
  { state: 'selected', size: 'laptop', scheme: 'light', hash: `${STALLED}&view=connections` },
  { state: 'selected', size: 'phone', scheme: 'dark', hash: `${STALLED}&view=why` },
  { state: 'empty', size: 'laptop', scheme: 'light', hash: '#/play?preset=race&t=0' },
  { state: 'error', size: 'large', scheme: 'light', hash: DAMAGED },
  { state: 'error', size: 'phone', scheme: 'dark', hash: DAMAGED },
];

/** Cut by hand: a link carries the change, and not the run that it was made from. */
async function forked(page: Page) {
  await page.keyboard.press('Shift+C');
  await expect(page.getByRole('button', { name: /^Run shown: Link cut/ })).toBeVisible();
  await page.keyboard.press('l');
  await page.keyboard.press('l');
}

for (const { state, size, scheme, hash, after } of PICTURES) {
  test.describe(`${state}, ${size}, ${scheme}`, () => {
    test.use({ viewport: SIZES[size], colorScheme: scheme });
    test('looks as it is meant to', async ({ page }) => {
      await open(page, hash);
      await after?.(page);
      await still(page);
      await expect(page).toHaveScreenshot(`${state}-${size}-${scheme}.png`);
    });
  });
}

test.describe('playing, large, light', () => {
  test.use({ viewport: SIZES.large, colorScheme: 'light' });
  test('looks as it is meant to', async ({ page }) => {
    await open(page, '#/play?preset=race&t=4720');
    // The player's clock stands still between the frames that are counted out to it.
    await page.evaluate(async () => {
      let nowMs = performance.now();
      performance.now = () => nowMs;
      document.querySelector<HTMLButtonElement>('[aria-label="Play"]')?.click();
      for (let frame = 0; frame < 42; frame++) {
        // At the end hardly at all: figures that are drawn in every sixth frame come up with it.
        nowMs += frame < 30 ? 40 : 0.02;
        for (let more = 0; more < 2; more++) await new Promise(requestAnimationFrame);
      }
    });
    await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
    await still(page);
    await expect(page).toHaveScreenshot('playing-large-light.png');
  });
});

/** All that comes later is there, and nothing is pointed at. */
async function still(page: Page) {
  await page.mouse.move(0, 0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    await window.hopscope?.fingerprint();
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
  });
}
