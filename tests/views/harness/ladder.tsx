import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Ladder, type LadderProps, type Selection } from '../../../src/views/index.ts';
import '../../../src/views/theme/tokens.css';
import { simulated } from './simulated.ts';

/**
 * The ladder alone, as large as the window: `ladder.html#preset=race&at=5.03&depth=2&scale=ordinal&hosts=0,3&theme=dark`
 * (`seq`: a packet that is selected, `set`: changes of the preset, `playing=1`, `reduced=1`).
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
const trace = simulated(asked.get('preset') ?? 'race', asked.getAll('set'));
if (asked.get('theme')) document.documentElement.dataset.theme = asked.get('theme')!;
const seek = (us: number) => {
  playhead.nowUs = us;
  for (const changed of listeners) changed();
};
Object.assign(window, { seek, trace, playhead });

function Harness() {
  const seq = asked.get('seq');
  const [selection, onSelect] = useState<Selection | null>(seq ? { kind: 'packet', seq: Number(seq) } : null);
  const [depth, onDepth] = useState(number('depth', 1) as LadderProps['depth']);
  const [scale, onScale] = useState((asked.get('scale') ?? 'time') as LadderProps['scale']);
  const [hosts, onHosts] = useState<readonly number[] | null>(
    asked.get('hosts')?.split(',').map(Number) ?? null,
  );
  Object.assign(window, { selection });
  return (
    <Ladder
      {...{ trace, playhead, selection, onSelect, depth, onDepth, scale, onScale, hosts, onHosts }}
      reducedMotion={asked.get('reduced') === '1'}
      onSeek={seek}
    />
  );
}

createRoot(document.getElementById('root')!).render(<Harness />);
