import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { CostsTable, LatencyStrips, type Selection, Stage, Timeline } from '../../../src/views/index.ts';
import '../../../src/views/theme/tokens.css';
import { fixtureTrace } from '../fixture.ts';
import { simulated } from './simulated.ts';

/**
 * The views alone, for looking at them: `node node_modules/vite/bin/vite.js tests/views/harness`. The playhead stands
 * where the address says: `#at=12.34&count=1&playing=1&theme=dark&faults=1`, or `#preset=race&at=5.03` for a real run.
 */
const asked = new URLSearchParams(location.hash.slice(1));
const number = (name: string, otherwise: number) => Number(asked.get(name) ?? otherwise);
const listeners = new Set<() => void>();
const playhead = {
  nowUs: number('at', 12.34) * 1e6,
  playing: asked.get('playing') === '1',
  speed: 0.1,
  subscribe(changed: () => void) {
    listeners.add(changed);
    return () => listeners.delete(changed);
  },
};
const fault = (kind: string, target: string, at: number, end: number, label: string) => ({
  kind,
  target,
  atUs: at * 1e6,
  endUs: end * 1e6,
  label,
  detail: '',
});
const faults =
  asked.get('faults') === '1'
    ? [
        fault('server-crash', 'server-1', 8, 9.2, 'server 1 crashes'),
        fault('link-change', '', 11.9, 13, 'loss 30 %'),
        fault('link-down', 'sse', 12.2, 12.9, 'link down: sse'),
        fault('client-disconnect', 'websocket', 12.3, 12.3, 'disconnect websocket'),
        fault('packet-drop', 'sse', 12.5, 12.5, 'drop a packet'),
      ]
    : [];
const preset = asked.get('preset');
const trace = preset
  ? simulated(preset, asked.getAll('set'))
  : fixtureTrace({ count: number('count', 1), faults });
if (asked.has('known')) trace.knownUntilUs = number('known', 22) * 1e6;
if (asked.get('theme')) document.documentElement.dataset.theme = asked.get('theme')!;

const seek = (us: number) => {
  playhead.nowUs = us;
  for (const changed of listeners) changed();
};
Object.assign(window, { seek, trace });

function Harness() {
  const [selection, onSelect] = useState<Selection | null>(null);
  const shared = { trace, playhead, selection, onSelect, reducedMotion: false };
  return (
    <>
      <div className="stage">
        <Stage {...shared} />
      </div>
      <div className="side">
        <LatencyStrips {...shared} targetMs={200} />
        <CostsTable {...shared} />
      </div>
      <div className="bar">
        <Timeline {...shared} onSeek={seek} />
      </div>
    </>
  );
}

createRoot(document.getElementById('root')!).render(<Harness />);
