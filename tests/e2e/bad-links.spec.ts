import { deflateRawSync } from 'node:zlib';
import { expect, open, test } from './page.ts';

const pack = (text: string) => `1.${deflateRawSync(Buffer.from(text)).toString('base64url')}`;
const scenario = (more: object) =>
  pack(
    JSON.stringify({
      version: 1,
      durationMs: 1000,
      publishers: [],
      clients: [{ name: 'a', transport: { kind: 'sse' } }],
      ...more,
    }),
  );

const POLLUTION = pack(
  '{"version":1,"durationMs":1000,"publishers":[],"clients":[{"name":"a","transport":{"kind":"sse"}}],' +
    '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
);

const BAD: [name: string, hash: string, says: RegExp][] = [
  ['no scenario', '#/play?s=%%%', /carries no scenario that can be read/],
  ['damaged', '#/play?s=1.AAAAbbbbCCCC', /damaged/],
  ['another version', `#/play?s=99.${'A'.repeat(20)}`, /another version \(99\)/],
  ['unknown key', `#/play?s=${scenario({ hosts: 3 })}`, /hosts: unknown key/],
  ['prototype pollution', `#/play?s=${POLLUTION}`, /__proto__.*unknown key/],
  ['a bomb', `#/play?s=${pack(' '.repeat(64 * 1024 * 1024))}`, /holds more than/],
  ['script', '#/play?preset=<img src=x onerror=alert(1)>', /preset: expected a name out of the menu/],
  ['another page', '#/nowhere', /no page "\/nowhere"/],
  ['unknown parameter', '#/play?preset=race&do=evil', /expected one of/],
  ['a moment that is none', '#/play?preset=race&t=-5', /t: expected milliseconds/],
  ['too long a run', `#/play?s=${scenario({ durationMs: 1e12 })}`, /durationMs: expected a number/],
];

test('bad links are refused in one sentence, and the race stands there', async ({ page }) => {
  page.on('dialog', () => {
    throw new Error('something of the link was executed');
  });
  const notice = page.getByRole('alert');
  for (const [index, [name, hash, says]] of BAD.entries()) {
    if (index % 4 === 0) {
      await page.goto('about:blank');
      await open(page, hash);
    } else {
      await page.evaluate((fragment) => {
        location.hash = fragment;
      }, hash);
    }
    await expect(notice, name).toContainText(says);
    await expect(page, name).toHaveTitle(/One keystroke/);
    await expect(page.getByRole('main').getByText('WebSocket').first(), name).toBeVisible();
    expect(await page.evaluate(() => 'polluted' in {}), name).toBe(false);
  }
});

test('a scenario is pasted, and a bad one refused', async ({ page }) => {
  await open(page, '#/play?preset=race&t=3000');
  const paste = (text: string) =>
    page.evaluate((pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, text);
  await paste('{"version": 1, "durationMs": "long"}');
  await expect(page.getByRole('alert')).toContainText('The pasted text: durationMs: expected a number');
  await expect(page).toHaveTitle(/One keystroke/);
  const clients = [{ name: 'pasted', rooms: ['a'], transport: { kind: 'sse' } }];
  await paste(JSON.stringify({ version: 1, name: 'From paper', durationMs: 1000, publishers: [], clients }));
  await expect(page).toHaveTitle(/From paper/);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(page).toHaveTitle(/One keystroke/);
});

test('the text of a bad link can be seen and copied, and what was there stays', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, '#/play?preset=one-lost-packet');
  await page.evaluate(() => {
    location.hash = '#/play?preset=nothing';
  });
  await expect(page.getByRole('alert')).toContainText('preset: expected a name out of the menu');
  await expect(page).toHaveTitle(/What one lost packet costs/);
  await page.getByText(/Show the text/).click();
  await expect(page.getByLabel('The text that could not be opened')).toHaveValue('#/play?preset=nothing');
  await page.getByRole('button', { name: 'Copy the text' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('#/play?preset=nothing');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
