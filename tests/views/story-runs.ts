import { findPreset } from '../../src/scenarios/presets/index.ts';
import { createRun } from '../../src/scenarios/run.ts';
import { type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import { chainOfCauses, type Story } from '../../src/trace/story/index.ts';
import { Trace } from '../../src/trace/trace.ts';

/** The trace of a scenario, run to its end. */
export function traceOf(input: object): Trace {
  const validation = validate(input as ScenarioInput);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  const run = createRun(validation.plan, 'all');
  run.advance(run.endUs);
  return run.trace;
}

/** The same record for another reader, who starts with nothing looked up: what readers remember, they keep by trace. */
export function afresh(trace: Trace): Trace {
  const other = new Trace('all');
  other.header = trace.header && { ...trace.header };
  other.strings.push(...trace.strings.slice(1));
  other.records = trace.records;
  other.knownUntilUs = trace.knownUntilUs;
  trace.tables.forEach((table, kind) => {
    for (const [index, chunk] of table.chunks.entries()) other.tables[kind]?.accept(index, chunk);
  });
  return other;
}

/** A preset, with some of its fields put in place of. */
export const presetWith = (name: string, change: object): object => ({
  ...structuredClone(findPreset(name)?.scenario as object),
  ...change,
});

const EDITOR = { name: 'editor', room: 'doc', text: 'hello ' };

/** One client on a clean link of 100 ms, an update every `everyMs`, and what is done to it. */
export function clean(
  transport: object,
  everyMs: number,
  faults: object[] = [],
  change: object = {},
): object {
  return {
    version: 1,
    name: 'story',
    durationMs: 12_000,
    settleMs: 8_000,
    network: { access: { rttMs: 100 } },
    publishers: [{ ...EDITOR, startMs: 2_000, arrivals: { kind: 'periodic', everyMs } }],
    clients: [{ name: 'reader', transport }],
    faults,
    ...change,
  };
}

/** A story as text, for reading. */
export function asText(trace: Trace, story: Story | null): string {
  if (story === null) return 'nothing\n';
  const ms = (us: number) => (us / 1000).toFixed(2);
  const lines = [
    story.title,
    `${story.figure} · ${story.sentence}`,
    '',
    ...story.parts.map(({ kind, label, us }) => `  ${ms(us).padStart(9)} ms  ${kind.padEnd(10)} ${label}`),
    ...(story.parts.length > 0 ? [''] : []),
    ...story.steps.flatMap(({ atUs, text, detail, tone, term }) => [
      `  ${(atUs / 1e6).toFixed(3)}  ${{ normal: ' ', loss: '✕', wait: '…', good: '✓' }[tone]} ${text}${term ? ` [${term}]` : ''}`,
      ...(detail ? [`            ${detail}`] : []),
    ]),
    ...story.leads.flatMap(({ title, items }) => [
      '',
      title,
      ...items.map(({ text, figure }) => `  ${text}  ${figure}`),
    ]),
    '',
    'because',
    ...chainOfCauses(trace, story.seq)
      .slice(-8)
      .map(({ atUs, text }) => `  ${(atUs / 1e6).toFixed(3)}  ${text}`),
  ];
  return `${lines.join('\n').replaceAll('\u00a0', ' ')}\n`;
}
