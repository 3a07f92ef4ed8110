import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from './page.ts';
import { DIST } from './site.ts';

/** Bytes on the wire, and what they may be, in kB of a thousand bytes. */
const PAGE_KB = 150;
const FONTS_KB = 80;
/** The simulation itself. It runs beside the page, in a worker, and holds back neither its picture nor its clicks. */
const WORKER_KB = 75;

const kB = (name: string, squeezed = true) => {
  const bytes = readFileSync(join(DIST, name));
  return (squeezed ? gzipSync(bytes, { level: 9 }) : bytes).length / 1000;
};
const sum = (names: readonly string[], squeezed = true) =>
  names.reduce((total, name) => total + kB(name, squeezed), 0);

for (const [hash, width] of [
  ['', 1440],
  ['', 390],
  ['#/embed?preset=race', 900],
] as const) {
  test(`the first load keeps to its budget: ${hash || 'the bare page'}, ${width} px wide`, async ({
    page,
  }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname.slice(1)));
    // As long as the simulation does not come, there is no first run: what is asked for until then is the first load.
    let letIn = () => {};
    const held = new Promise<void>((resolve) => {
      letIn = resolve;
    });
    await page.route('**/worker-*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`./${hash}`);
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
    await page.waitForTimeout(1000);
    const first = [...asked];
    const worker = first.filter((name) => /worker-.*\.js$/.test(name));
    const code = first.filter((name) => /\.(js|css)$/.test(name) && !worker.includes(name));
    const fonts = first.filter((name) => /\.woff2$/.test(name));
    expect(code.length).toBeGreaterThan(1);
    expect(worker.length).toBe(1);
    expect(sum(code), `JavaScript and CSS: ${code.join(', ')}`).toBeLessThanOrEqual(PAGE_KB);
    expect(sum(worker), 'the simulation').toBeLessThanOrEqual(WORKER_KB);
    expect(sum(fonts, false), 'fonts').toBeLessThanOrEqual(FONTS_KB);

    letIn();
    await page.evaluate(() => window.hopscope?.fingerprint());
    // Then the rest comes by itself.
    await expect.poll(() => asked.length).toBeGreaterThan(first.length);
  });
}

test('nothing holds the first paint back', async ({ page }) => {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const head = html.slice(0, html.indexOf('</head>'));
  expect(head).not.toMatch(/<link[^>]*rel="?stylesheet/);
  expect(head.match(/<script(?![^>]*type="module")/g)).toBeNull();
  const sheet = /<link rel="stylesheet"[^>]*href="\.\/([^"]+)"/.exec(html)?.[1] ?? '';
  const rules = readFileSync(join(DIST, sheet), 'utf8').match(/@font-face\s*{[^}]*}/g) ?? [];
  expect(rules.length).toBe(2);
  for (const rule of rules) expect(rule).toMatch(/font-display:\s*swap/);

  // What the browser itself says of it, where it says it.
  await page.goto('./');
  const blocking = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(
        (entry) =>
          (entry as PerformanceEntry & { renderBlockingStatus?: string }).renderBlockingStatus === 'blocking',
      )
      .map(({ name }) => name),
  );
  expect(blocking).toEqual([]);
});

test('what the licences of packages and fonts ask to be kept lies beside the page, and in none of its code', () => {
  const said = readFileSync(join(DIST, 'licenses.md'), 'utf8');
  // Of the page, of the worker, and of the fonts.
  for (const part of ['react-dom', 'xstate', '@stdlib/math-base-special-exp', 'SIL OPEN FONT LICENSE'])
    expect(said).toContain(part);
  const code = readdirSync(join(DIST, 'assets')).filter((name) => name.endsWith('.js'));
  expect(
    code.filter((name) => readFileSync(join(DIST, 'assets', name), 'utf8').includes('@license')),
  ).toEqual([]);
});
