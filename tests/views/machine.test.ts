import { expect, test } from 'vitest';
import { actorOf } from '../../src/views/log/owners.ts';
import { graphOf, isWithin } from '../../src/views/machine/graph.ts';
import { type Box, layoutChart } from '../../src/views/machine/layout.ts';
import {
  effectsOf,
  machineState,
  outOf,
  serverActorOf,
  shownActor,
  transitionOf,
} from '../../src/views/machine/state.ts';
import { simulated } from './run.ts';

const race = simulated('race');
const crash = simulated('server-crash');
const charts = Object.entries(race.header!.machines);
const ROOMS = [
  { width: 530, height: 290 },
  { width: 890, height: 520 },
  { width: 390, height: 1e9 },
  { width: 1e9, height: 200 },
];

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width - 0.01 &&
  b.x < a.x + a.width - 0.01 &&
  a.y < b.y + b.height - 0.01 &&
  b.y < a.y + a.height - 0.01;

test.each(charts)('%s: states and words lie inside and apart, the same every time', (_, chart) => {
  for (const room of ROOMS) {
    const { states, edges, width, height } = layoutChart(chart, room);
    expect(states.length).toBe(chart.states.length);
    for (const { box } of [...states, ...edges.map(({ label }) => ({ box: label }))]) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width + 0.01);
      expect(box.y + box.height).toBeLessThanOrEqual(height + 0.01);
    }
    states.forEach((a, index) => {
      for (const b of states.slice(index + 1)) {
        const nested = isWithin(a.node.path, b.node.path) || isWithin(b.node.path, a.node.path);
        if (!nested) expect(overlap(a.box, b.box)).toBe(false);
      }
    });
    // Words cover neither each other nor a state, but for the one that they are in.
    edges.forEach(({ label, edge }, index) => {
      for (const other of edges.slice(index + 1)) expect(overlap(label, other.label)).toBe(false);
      for (const { node, box } of states) {
        const around = isWithin(edge.from, node.path) && isWithin(edge.to, node.path);
        if (!around) expect(overlap(label, box), `${edge.lines[0]} on ${node.path}`).toBe(false);
      }
    });
    expect(layoutChart(structuredClone(chart), room)).toEqual(layoutChart(chart, room));
  }
});

test.each(charts)('%s: every transition is drawn as an arrow or as a line in its state', (_, chart) => {
  const { nodes, edges } = graphOf(chart);
  const drawn = new Set(edges.flatMap(({ transitions }) => transitions));
  chart.transitions.forEach(({ from, to }, index) => {
    if (to === '' || to === from)
      expect(nodes.find(({ path }) => path === from)!.stays.length).toBeGreaterThan(0);
    else expect(drawn.has(index)).toBe(true);
  });
});

test('every recorded move is a transition of the chart', () => {
  for (const trace of [race, crash]) {
    for (const record of trace.all()) {
      if (record.kind !== 'machine.moved') continue;
      const { role } = actorOf(trace, record.actor as number)!;
      const chart = trace.header!.machines[role]!;
      const move = { from: String(record.from), to: String(record.to), event: String(record.event) };
      const transition = chart.transitions[transitionOf(chart, move)];
      expect(transition, JSON.stringify(move)).toBeDefined();
      expect(isWithin(move.to, transition!.to)).toBe(true);
    }
  }
});

test('state, moves and timers at any time are those of the records up to then', () => {
  const all = [...crash.all()];
  const { machines, actors } = crash.header!;
  for (const now of [0, 5_000_000, 10_900_000, 12_000_000, 24_000_000]) {
    actors.forEach((_, number) => {
      const actor = actorOf(crash, number)!;
      const chart = machines[actor.role]!;
      const moves = all.filter((r) => r.kind === 'machine.moved' && r.actor === number && r.atUs <= now);
      const state = machineState(crash, chart, actor, now, 5);
      expect(state.current).toBe(moves.at(-1)?.to ?? chart.initial);
      expect(state.moves.map(({ seq }) => seq)).toEqual(
        moves
          .slice(-5)
          .reverse()
          .map(({ seq }) => seq),
      );
      expect(state.moveCount).toBe(moves.length);
      for (const { dueUs } of state.timers) expect(dueUs).toBeGreaterThan(now);
      for (const index of state.next)
        expect(isWithin(state.current, chart.transitions[index]!.from)).toBe(true);
    });
  }
});

test('a machine in two levels can do what both levels can, the inner one first', () => {
  const chart = crash.header!.machines['websocket client']!;
  const events = outOf(chart, 'open.idle').map((index) => {
    const { event, after } = chart.transitions[index]!;
    return event || after;
  });
  expect(events[0]).toBe('next ping');
  expect(events).toContain('failed');
  const start = chart.transitions.find(({ event }) => event === 'start')!;
  expect(effectsOf(chart, start)).toContain('connect');
});

test('the server’s side is the machine that started last', () => {
  for (const now of [0, 300_000, 5_000_000, 16_500_000]) {
    for (const client of [0, 1, 2]) {
      const started = [...crash.all()].filter(
        (r) => r.kind === 'actor.started' && r.client === client && r.atUs <= now,
      );
      expect(serverActorOf(crash, client, now)?.actor).toBe(started.at(-1)?.actor);
    }
  }
});

test('what is selected decides whose machine is shown', () => {
  const actor = (selection: Parameters<typeof shownActor>[1], side: 'client' | 'server' = 'client') =>
    shownActor(race, selection, 0, side, 12_000_000)?.actor;
  expect(actor(null)).toBe(0);
  expect(actor({ kind: 'client', client: 2 })).toBe(2);
  expect(actor({ kind: 'connection', connection: 4 })).toBe(3);
  expect(actor({ kind: 'message', message: 3, client: 1 })).toBe(1);
  expect(actor({ kind: 'actor', actor: 3 })).toBe(3);
  expect(actor({ kind: 'fault', fault: 0 })).toBe(0);
  expect(shownActor(race, { kind: 'client', client: 3 }, 0, 'server', 12_000_000)?.role).toBe(
    'websocket server',
  );
  // A machine that has not started yet is not shown, whatever is selected.
  expect(shownActor(race, { kind: 'actor', actor: 60 }, 1, 'client', 100_000)?.server).toBe(-1);
});
