import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inkOn, luminance } from './colors.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function variables(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/(--[a-z-]+): ([^;]+);/g)].map(([, name, value]) => [name, value]),
  );
}
const between = (from: string) => css.slice(css.indexOf(from), css.indexOf('}', css.indexOf(from)));
const light = variables(between(':root {'));
const systemDark = variables(between(':root:not([data-theme="light"])'));
const chosenDark = variables(between(':root[data-theme="dark"]'));

const contrast = (a: string, b: string) => {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p) as [number, number];
  return (x + 0.05) / (y + 0.05);
};

test('dark is the same whether the system or a person chose it', () => {
  expect(Object.keys(systemDark).length).toBeGreaterThan(20);
  expect(chosenDark).toEqual(systemDark);
});

test.each([
  ['light', light],
  ['dark', { ...light, ...chosenDark }],
])('%s: small text has a contrast of 4.5, marks and controls of 3', (_, theme) => {
  for (const paper of ['--paper', '--paper-stage', '--paper-raised', '--paper-sunken']) {
    for (const ink of ['--ink', '--ink-soft', '--ink-muted', '--loss-text', '--wait', '--ok']) {
      expect(contrast(theme[ink]!, theme[paper]!), `${ink} on ${paper}`).toBeGreaterThanOrEqual(4.5);
    }
  }
  for (const mark of [
    '--polling',
    '--long-polling',
    '--sse',
    '--websocket',
    '--webrtc',
    '--loss',
    '--control',
    '--outline-control',
  ]) {
    expect(contrast(theme[mark]!, theme['--paper-stage']!), mark).toBeGreaterThanOrEqual(3);
  }
  for (const kind of ['--polling', '--long-polling', '--sse', '--websocket', '--webrtc']) {
    expect(contrast(inkOn(theme[kind]!), theme[kind]!), `letter on ${kind}`).toBeGreaterThanOrEqual(4);
  }
  expect(contrast(theme['--on-loss']!, theme['--loss']!)).toBeGreaterThanOrEqual(4.5);
});

test('both faces together are at most 80 kB', () => {
  const bytes = ['inter', 'jetbrains-mono'].map(
    (face) => statSync(new URL(`./fonts/${face}.woff2`, import.meta.url)).size,
  );
  expect(bytes.reduce((a, b) => a + b)).toBeLessThanOrEqual(80_000);
});
