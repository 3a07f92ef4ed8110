import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Plugin, transformWithOxc } from 'vite';

const SOURCE = 'src/app/offline/service-worker.ts';
/** Nobody asks for these without a network. */
const LEFT_OUT = /\.map$|^licenses\.md$/;

/**
 * A plug-in for Vite that makes the service worker: its text, with the list of all files of this build before it. The
 * build is named after what is in the files, so that two builds of the same source are the same one.
 */
export function offline(): Plugin {
  let root = '';
  let publicDir = '';
  return {
    name: 'hopscope:offline',
    apply: 'build',
    configResolved(config) {
      ({ root, publicDir } = config);
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const files = publicFiles(publicDir);
        for (const [name, output] of Object.entries(bundle)) {
          if (LEFT_OUT.test(name)) continue;
          // The page is asked for by its folder.
          files.set(name === 'index.html' ? './' : name, 'code' in output ? output.code : output.source);
        }
        const source = await serviceWorker(join(root, SOURCE), files);
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source });
      },
    },
  };
}

async function serviceWorker(path: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<string> {
  const { code } = await transformWithOxc(readFileSync(path, 'utf8'), path, { sourcemap: false });
  const names = [...files.keys()].sort();
  const hash = createHash('sha256').update(code);
  for (const name of names) hash.update(name).update(files.get(name) ?? '');
  const build = hash.digest('hex').slice(0, 16);
  return `const BUILD = ${JSON.stringify(build)};\nconst FILES = ${JSON.stringify(names)};\n${code}`;
}

/** What is copied as it is. */
function publicFiles(folder: string): Map<string, string | Uint8Array> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => /\.\w+$/.test(name));
  return new Map(files.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name))]));
}
