import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstChunk } from './scripts/site/first-chunk.ts';
import { licenses } from './scripts/site/licenses.ts';
import { offline } from './scripts/site/offline.ts';
import { unblocked } from './scripts/site/unblocked.ts';
import { withoutNotes } from './scripts/site/without-notes.ts';

// What the packages' licences ask to be kept stands in one file, not before each of their modules: one library has a
// hundred and forty.
const comments = { legal: false };
const notices = licenses();

export default defineConfig({
  // Relative addresses, so that the built app works under any path of any static host.
  base: './',
  plugins: [withoutNotes(), react(), unblocked(), notices.page, offline()],
  worker: {
    format: 'es',
    plugins: () => [withoutNotes(), notices.worker()],
    rolldownOptions: { output: { comments } },
  },
  build: {
    // Browsers with module workers, CompressionStream('deflate-raw') and structuredClone: about the last three years.
    target: ['chrome111', 'edge111', 'firefox114', 'safari16.4'],
    sourcemap: true,
    rolldownOptions: {
      output: { comments, codeSplitting: { groups: [firstChunk(import.meta.dirname)] } },
    },
  },
});
