import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { findPreset } from '../../../src/scenarios/presets/index.ts';
import { createRun } from '../../../src/scenarios/run.ts';
import { validate } from '../../../src/scenarios/validate.ts';
import { Now, type Selection, Why } from '../../../src/views/index.ts';
import '../../../src/views/theme/tokens.css';

/**
 * Why and Now side by side for several selections of one run:
 * `why.html#preset=race&at=5.1&width=306&theme=dark&select=message:9:3&select=packet:414&select=none`.
 */
const asked = new URLSearchParams(location.hash.slice(1));
const validation = validate(findPreset(asked.get('preset') ?? 'race')!.scenario);
if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
const run = createRun(validation.plan, 'all');
run.advance(run.endUs);
const { trace } = run;
if (asked.get('theme')) document.documentElement.dataset.theme = asked.get('theme')!;
const listeners = new Set<() => void>();
const playhead = {
  nowUs: Number(asked.get('at') ?? 5) * 1e6,
  playing: false,
  speed: Number(asked.get('speed') ?? 0.1),
  subscribe(changed: () => void) {
    listeners.add(changed);
    return () => listeners.delete(changed);
  },
};
const seek = (us: number) => {
  playhead.nowUs = us;
  for (const changed of listeners) changed();
};
Object.assign(window, { seek, trace });

function selectionOf(text: string): Selection | null {
  const [kind, first, second] = text.split(':');
  const id = Number(first);
  if (kind === 'message') return { kind, message: id, client: second ? Number(second) : null };
  if (kind === 'packet' || kind === 'record') return { kind, seq: id };
  if (kind === 'client') return { kind, client: id };
  if (kind === 'server') return { kind, server: id };
  if (kind === 'connection') return { kind, connection: id };
  if (kind === 'fault') return { kind, fault: id };
  return null;
}

function Panel({ first }: { first: Selection | null }) {
  const [selection, onSelect] = useState(first);
  const shared = { trace, playhead, selection, onSelect, onSeek: seek, reducedMotion: false };
  const whatIf = ['deliver it', 'duplicate it'].map((label) => ({ label, run: () => {} }));
  return (
    <div style={{ width: Number(asked.get('width') ?? 306) }}>
      <Now {...shared} />
      <Why {...shared} onWhatIf={() => whatIf} />
    </div>
  );
}

createRoot(document.getElementById('root')!).render(
  asked.getAll('select').map((text) => <Panel key={text} first={selectionOf(text)} />),
);
