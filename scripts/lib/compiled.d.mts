import type { Plugin } from 'vite';

export function compiledSources(): Plugin;
