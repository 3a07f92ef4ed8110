import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { findPreset } from '../../../src/scenarios/presets/index.ts';
import { createRun } from '../../../src/scenarios/run.ts';
import { validate } from '../../../src/scenarios/validate.ts';
import { Log } from '../../../src/views/log/log.tsx';
import { Machine } from '../../../src/views/machine/machine.tsx';
import { Packets } from '../../../src/views/packets/packets.tsx';
import type { Selection } from '../../../src/views/view.ts';
import { Waterfall } from '../../../src/views/waterfall/waterfall.tsx';
import '../../../src/views/theme/tokens.css';

/**
 * One of the views below the stage, over a real run, for looking at it: `#view=log&preset=race&at=5.03&theme=dark`,
 * and `&select={"kind":"client","client":2}` for what is selected.
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
const validation = validate(findPreset(asked.get('preset') ?? 'race')!.scenario);
if (!validation.ok) throw new Error('not a scenario');
const run = createRun(validation.plan, 'all', Number(asked.get('rows') ?? 4e6));
run.advance(run.endUs);
if (asked.get('theme')) document.documentElement.dataset.theme = asked.get('theme')!;
const onSeek = (us: number) => {
  playhead.nowUs = us;
  for (const changed of listeners) changed();
};
Object.assign(window, { seek: onSeek, trace: run.trace });
const VIEWS = { waterfall: Waterfall, machine: Machine, log: Log, packets: Packets };

function Harness() {
  const [selection, onSelect] = useState<Selection | null>(JSON.parse(asked.get('select') ?? 'null'));
  const View = VIEWS[(asked.get('view') ?? 'log') as keyof typeof VIEWS];
  const shared = { trace: run.trace, playhead, selection, onSelect, onSeek, reducedMotion: false };
  return <View {...shared} />;
}

createRoot(document.getElementById('root')!).render(<Harness />);
