import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses, so that the built app works under any path of any static host.
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  // Browsers with module workers, CompressionStream('deflate-raw') and structuredClone: about the last three years.
  build: { target: ['chrome111', 'edge111', 'firefox114', 'safari16.4'], sourcemap: true },
});
