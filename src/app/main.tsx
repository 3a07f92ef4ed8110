// Comes before everything else: see there.

import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './worker/spawn.ts';
import '../views/theme/tokens.css';
import './app.css';
import type { Controller } from './controller.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { openPlay } from './open-play.tsx';
import type { Pages } from './pages.tsx';
import { pageOf } from './routes.ts';
import { showTheme, storedTheme } from './theme.ts';

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no #root');
const root = createRoot(element);
const show = (page: ReactNode) =>
  root.render(
    <StrictMode>
      <ErrorBoundary>{page}</ErrorBoundary>
    </StrictMode>,
  );

showTheme(storedTheme());
/** Opened once: who goes on to another address meanwhile goes there in it. */
let play: Promise<Controller> | null = null;
/** Goes from page to page; loaded when somebody wants another page than Play. */
let pages: Promise<Pages> | null = null;

async function goTo(hash: string): Promise<void> {
  if (pages === null && pageOf(hash) === 'play') {
    if (play !== null) return (await play).addressChanged();
    play = openPlay(hash, show);
    await play.catch((error: unknown) => {
      play = null; // what did not load may load the next time
      throw error;
    });
    return;
  }
  pages ??= import('./pages.tsx').then(async (loaded) => new loaded.Pages(show, await play));
  try {
    await (await pages).goTo(hash);
  } catch (error) {
    pages = null;
    if (play === null) throw error;
    (await play).refuse(
      'That page could not be loaded: the network is away, or Hopscope was renewed meanwhile.',
      hash,
    );
  }
}

window.addEventListener('hashchange', () => void goTo(location.hash));
await goTo(location.hash);
