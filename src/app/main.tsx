// Comes before everything else: see there.

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { spawnWorker } from './worker/spawn.ts';
import '../views/theme/tokens.css';
import './app.css';
import { readAddress } from './address.ts';
import { Controller } from './controller.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { exposeHook } from './hook.ts';
import { afterFirstRun } from './later.ts';
import { Play } from './play.tsx';
import { Player } from './player.ts';
import { FIRST_PRESET } from './presets.ts';
import { showTheme, storedTheme } from './theme.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

showTheme(storedTheme());
const reading = await readAddress(location.hash);
const first = { scenario: FIRST_PRESET.scenario, preset: FIRST_PRESET, atUs: null };
const controller = reading.ok
  ? new Controller(reading.place, null, new Player(), spawnWorker)
  : new Controller(first, reading, new Player(), spawnWorker);
exposeHook(controller);

createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <Play controller={controller} />
    </ErrorBoundary>
  </StrictMode>,
);

void afterFirstRun(controller);
