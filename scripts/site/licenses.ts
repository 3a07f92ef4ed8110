import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin, Rolldown } from 'vite';

const LICENSES = 'licenses.md';

/** A package's folder in a module's address. */
const PACKAGE = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/@]+)\//;
const TEXT = /^(licen[cs]e|notice|copying)/i;
const FONTS = fileURLToPath(new URL('../../src/views/theme/fonts', import.meta.url));
const FONT_TEXT = '-LICENSE.txt';

/**
 * Plug-ins for Vite, one for the page and one for its workers, that write into one file what the licences of the packages
 * in this build ask to be kept. Vite's own option leaves the workers out.
 */
export function licenses(): { page: Plugin; worker(): Plugin } {
  const packages = new Set<string>();
  const note = (bundle: Rolldown.OutputBundle) => {
    for (const output of Object.values(bundle)) {
      if (output.type !== 'chunk') continue;
      for (const id of output.moduleIds) {
        const folder = id.replaceAll('\\', '/').replace(/^\0/, '').match(PACKAGE)?.[1];
        if (folder !== undefined) packages.add(folder);
      }
    }
  };
  return {
    page: {
      name: 'hopscope:licenses',
      apply: 'build',
      // Workers are built while the modules of the page are: by now all is known.
      generateBundle(_options, bundle) {
        note(bundle);
        this.emitFile({ type: 'asset', fileName: LICENSES, source: pageOf([...packages]) });
      },
    },
    worker: () => ({
      name: 'hopscope:licenses-of-worker',
      apply: 'build',
      generateBundle: (_options, bundle) => note(bundle),
    }),
  };
}

interface Manifest {
  name: string;
  version: string;
  license: string;
  authors?: Record<string, string>;
  repository?: { url: string };
}

function pageOf(folders: readonly string[]): string {
  // Many parts of one project have the same text, which is said once.
  const byText = new Map<string, string[]>();
  const say = (title: string, text: string) => byText.set(text, [...(byText.get(text) ?? []), title]);
  for (const folder of folders) {
    const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const texts = readdirSync(folder).filter((file) => TEXT.test(file));
    const said = texts.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
    say(
      `${manifest.name} ${manifest.version} (${manifest.license})`,
      said.join('\n\n') || withoutText(manifest),
    );
  }
  for (const face of readdirSync(FONTS).filter((file) => file.endsWith(FONT_TEXT)))
    say(`${face.slice(0, -FONT_TEXT.length)} (font)`, readFileSync(join(FONTS, face), 'utf8').trim());
  const entries = [...byText].map(([text, names]) => ({ title: names.sort().join(', '), text }));
  entries.sort((a, b) => (a.title < b.title ? -1 : 1));
  return [
    '# Licences',
    'Hopscope is made with these packages and fonts.',
    ...entries.map(({ title, text }) => `## ${title}\n\n${text}`),
  ]
    .join('\n\n')
    .concat('\n');
}

/** Some packages name their licence and bring no text of it. */
const withoutText = ({ authors = {}, repository }: Manifest): string =>
  `By ${Object.keys(authors).join(', ')}, ${repository?.url ?? 'no address'}`;
