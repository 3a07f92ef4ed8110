import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Log } from '../../../src/views/log/log.tsx';
import { Machine } from '../../../src/views/machine/machine.tsx';
import { Packets } from '../../../src/views/packets/packets.tsx';
import type { Selection } from '../../../src/views/view.ts';
import { Waterfall } from '../../../src/views/waterfall/waterfall.tsx';
import '../../../src/views/theme/tokens.css';
import { simulated } from '../run.ts';

/**
 * One of the views below the stage, over a real run, for looking at it: `#view=log&preset=race&at=5.03&theme=dark`,
 * `&select={"kind":"client","client":2}` for what is selected, `&set=clients[0].count=5` to change the scenario.
 */
const asked = new URLSearchParams(location.hash.slice(1));
const listeners = new Set<() => void>();
const playhead = {
  nowUs: Number(asked.get('at') ?? 5) * 1e6,
  playing: false,
  speed: 0.1,
  subscribe(changed: () => void) {
    listeners.add(changed);
    return () => listeners.delete(changed);
  },
};
const changes = asked.getAll('set').map((change) => change.split('=') as [string, string]);
const trace = simulated(
  asked.get('preset') ?? 'race',
  Object.fromEntries(changes.map(([path, value]) => [path, JSON.parse(value)])),
  Number(asked.get('rows') ?? 4e6),
);
if (asked.get('theme')) document.documentElement.dataset.theme = asked.get('theme')!;
const onSeek = (us: number) => {
  playhead.nowUs = us;
  for (const changed of listeners) changed();
};
Object.assign(window, { seek: onSeek, trace });
const VIEWS = { waterfall: Waterfall, machine: Machine, log: Log, packets: Packets };

function Harness() {
  const [selection, onSelect] = useState<Selection | null>(JSON.parse(asked.get('select') ?? 'null'));
  const View = VIEWS[(asked.get('view') ?? 'log') as keyof typeof VIEWS];
  const shared = { trace, playhead, selection, onSelect, onSeek, reducedMotion: false };
  return <View {...shared} />;
}

createRoot(document.getElementById('root')!).render(<Harness />);
