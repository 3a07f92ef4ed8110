import { expect, test } from 'vitest';
import { findPreset } from '../../src/scenarios/presets/index.ts';
import { createRun, type Run } from '../../src/scenarios/run.ts';
import { validate } from '../../src/scenarios/validate.ts';
import { readAhead } from '../../src/trace/ahead.ts';
import { nowSentence } from '../../src/trace/story/index.ts';
import { momentsUntil } from '../../src/trace/story/moments.ts';
import type { Trace } from '../../src/trace/trace.ts';
import { costsOf } from '../../src/views/costs/model.ts';
import { insideOf } from '../../src/views/hop/inside.ts';
import { arrowsOf } from '../../src/views/ladder/arrows.ts';
import { stripsOf } from '../../src/views/latency/model.ts';
import { peerLinksOf } from '../../src/views/reading/peer-links.ts';
import { readingOf } from '../../src/views/reading/reading.ts';
import { activityOf } from '../../src/views/timeline/activity.ts';

/** Loss and what follows it; a load balancer whose servers are left; a log whose consumers and members change. */
const PRESETS = ['race', 'sticky-cookie', 'kafka-rebalance-eager', 'jetstream-redelivery'];
const TIMES = 40;
const SPEEDS = [0.01, 0.1, null];

function presetRun(name: string): Run {
  const validation = validate(findPreset(name)?.scenario);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return createRun(validation.plan, 'all');
}

/** What views ask of a trace, at times all over it. */
function answers(trace: Trace, times: readonly number[]): unknown {
  const { header } = trace;
  if (header === null) throw new Error('no header');
  const reading = readingOf(trace);
  const { clients, servers, links, endUs } = header;
  const untilUs = times.at(-1) ?? 0;
  const few = clients.slice(0, 4).map((_, client) => client);
  const inside = insideOf(trace);
  const ladders = ([1, 2, 4] as const).map((depth) => arrowsOf(trace, few, depth));
  return {
    ladders: ladders.map(({ rows, gaps, resends }) => [rows, gaps, resends].map((list) => [...list])),
    moments: momentsUntil(trace, untilUs).filter(({ atUs }) => atUs <= untilUs),
    activity: activityOf(trace, endUs).bins(100),
    at: times.map((atUs) => ({
      flights: reading.flights.at(atUs, 500_000),
      open: clients.map((_, client) => reading.openAt('client', client, atUs)),
      openAtServers: servers.map((_, server) => reading.openAt('server', server, atUs)),
      openInHop2: links.map((_, link) => peerLinksOf(trace).openAt(link, atUs)),
      openAtPlaces: header.places.map((_, place) => peerLinksOf(trace).openOf(place, atUs)),
      costs: costsOf(trace, header).at(atUs),
      strips: stripsOf(trace, header).at(atUs),
      inside: [inside.copiesAt(atUs), inside.buffersAt(atUs), inside.membersAt(atUs), inside.ownersAt(atUs)],
      now: SPEEDS.map((speed) => nowSentence(trace, atUs, speed)),
    })),
  };
}

test.each(PRESETS)('%s: what is read while the run is made answers as what is read at its end', (name) => {
  const ahead = presetRun(name);
  answers(ahead.trace, [0]);
  for (let piece = 0; piece < 1000 && !ahead.done; piece++) {
    // Pieces end in the midst of instants.
    ahead.advance(ahead.endUs, 5 + (piece % 17));
    readAhead(ahead.trace.tables, () => true);
    if (piece % 100 === 0) answers(ahead.trace, [ahead.nowUs]);
  }
  ahead.advance(ahead.endUs);
  readAhead(ahead.trace.tables, () => true);
  const late = presetRun(name);
  late.advance(late.endUs);
  const times = Array.from({ length: TIMES + 1 }, (_, i) => Math.round((late.endUs * i) / TIMES));
  expect(answers(ahead.trace, times)).toEqual(answers(late.trace, times));
});
