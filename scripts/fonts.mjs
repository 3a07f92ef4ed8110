import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Makes the bundled faces: Inter and JetBrains Mono (both SIL Open Font License 1.1, licences beside them), cut down to
 * Latin and the signs that are used. To be run by hand when a sign is missing: `node scripts/fonts.mjs`.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'src/views/theme/fonts');
const signs = '\u00a0£§©«®°±²³µ·¹»¼½¾¿×÷–—‘’“”…•‹›€™−∞≈≤≥←↑→↓↔▸◂▶◀✕✓␣\u2009\u202f\u2007';
const letters = 'ßàáâäåæçèéêëìíîïñòóôöøùúûüÿÀÁÂÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØÙÚÛÜ';
const ascii = String.fromCharCode(...Array.from({ length: 0x7f - 0x20 }, (_, i) => 0x20 + i));
const faces = ['inter', 'jetbrains-mono'];
const WEIGHTS = { wght: { min: 400, max: 700, default: 400 } };

// Too rarely needed to be a dependency of everybody's.
const workshop = mkdtempSync(join(tmpdir(), 'hopscope-fonts-'));
execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', workshop, 'subset-font@2.9.0'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
const subset = createRequire(join(workshop, 'index.js'))('subset-font');
for (const face of faces) {
  const source = join(root, 'node_modules/@fontsource-variable', face);
  const whole = readFileSync(join(source, `files/${face}-latin-wght-normal.woff2`));
  const part = await subset(whole, ascii + letters + signs, {
    targetFormat: 'woff2',
    variationAxes: WEIGHTS,
  });
  writeFileSync(join(target, `${face}.woff2`), part);
  copyFileSync(join(source, 'LICENSE'), join(target, `${face}-LICENSE.txt`));
  console.log(`${face}: ${(part.length / 1000).toFixed(1)} kB`);
}
rmSync(workshop, { recursive: true });
