import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { fs: { allow: ['../../..'] } },
  // Beside the app's own, so that neither throws away what the other has prepared.
  cacheDir: '/tmp/hopscope-views-harness',
});
