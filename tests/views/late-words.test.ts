import { expect, test } from 'vitest';
import { storyOfDelivery } from '../../src/trace/story/index.ts';
import { momentsUntil } from '../../src/trace/story/moments.ts';
import { say } from '../../src/trace/story/now-words.ts';
import { COLUMN } from '../../src/trace/trace.ts';
import { presetWith, traceOf } from './story-runs.ts';

test('what a narrow link makes late has not come without a wait', () => {
  const trace = traceOf(presetWith('slow-link', {}));
  const late = momentsUntil(trace, trace.header?.endUs ?? 0).filter(({ kind }) => kind === 'late');
  const said = late.map((moment) => say(trace, moment).why);
  expect(said.filter((why) => why.includes('no wait'))).toEqual([]);
  expect(said).toContainEqual(
    expect.stringMatching(
      /^All of it on the link, which is slow or busy: the first packet .* took \d+\u00a0ms\.$/,
    ),
  );
});

test('nothing is held back behind itself', () => {
  const trace = traceOf(presetWith('lossy-mobile', {}));
  const delivered = trace.table('message.delivered');
  const wrong: string[] = [];
  for (let row = 0; row < delivered.length; row++) {
    const message = delivered.get(row, COLUMN['message.delivered'].message);
    const story = storyOfDelivery(trace, message, delivered.get(row, COLUMN['message.delivered'].client));
    for (const { label } of story?.parts ?? [])
      if (/^held back behind messages? /.test(label) && label.match(/\d+/g)?.includes(String(message)))
        wrong.push(`${message}: ${label}`);
  }
  expect(wrong).toEqual([]);
});
