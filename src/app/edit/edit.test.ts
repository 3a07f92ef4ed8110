import { beforeAll, describe, expect, it } from 'vitest';
import { faultTitle } from '../../engine/fault-words.ts';
import type { FaultOffer, HopPlace } from '../../pages/play/model.ts';
import { drain, newServer } from '../../pages/play/touch/offers.ts';
import { findPreset } from '../../scenarios/presets/index.ts';
import { type ScenarioInput, validate } from '../../scenarios/validate.ts';
import { headerFor } from '../manifests.ts';
import { rulesNow, wantRules } from '../rules.ts';
import { scenarioModel } from '../scenario-model.ts';
import { addFault, changeFault, endFault, faultOf, removeFaults } from './faults.ts';
import { setClients, setOption, toggleTransport } from './groups.ts';
import { setBackplane, setBalancer, setHopOption, setServers, setTopics } from './hop.ts';
import { setNetwork } from './network.ts';
import { networkAt } from './network-at.ts';
import { setArrivals, setBytes } from './traffic.ts';
import { trafficOf } from './traffic-of.ts';

const RACE = findPreset('race')?.scenario as ScenarioInput;
const ORDER = ['polling', 'long-polling', 'sse', 'websocket'];

function planOf(scenario: ScenarioInput) {
  const validation = validate(scenario);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return validation.plan;
}

describe('changes of the network', () => {
  it('at the start are the scenario’s own, and for everybody they level what groups had', () => {
    const one = setNetwork(RACE, 'rttMs', 300, 'sse', 0);
    expect(networkAt(planOf(one), 'sse', 0).rttMs).toEqual({ value: 300, instead: null });
    expect(networkAt(planOf(one), null, 0).rttMs).toEqual({ value: 100, instead: 'differs' });
    const all = setNetwork(one, 'rttMs', 50, null, 0);
    expect(networkAt(planOf(all), null, 0).rttMs).toEqual({ value: 50, instead: null });
    expect(all.faults ?? []).toEqual([]);
  });

  it('later are one fault for each moment, which further changes at that moment update', () => {
    let scenario = setNetwork(RACE, 'lossPct', 5, null, 1_234_567);
    scenario = setNetwork(scenario, 'lossPct', 8, null, 1_234_567);
    scenario = setNetwork(scenario, 'rttMs', 200, null, 1_234_567);
    scenario = setNetwork(scenario, 'lossPct', 0, 'sse', 1_234_567);
    scenario = setNetwork(scenario, 'lossPct', 1, null, 3_000_000);
    expect(scenario.faults).toEqual([
      { kind: 'link-change', atMs: 1234.567, set: { lossPct: 8, rttMs: 200 } },
      { kind: 'link-change', atMs: 1234.567, target: 'sse', set: { lossPct: 0 } },
      { kind: 'link-change', atMs: 3000, set: { lossPct: 1 } },
    ]);
    const plan = planOf(scenario);
    expect(networkAt(plan, null, 1_234_566).lossPct).toEqual({ value: 2, instead: null });
    expect(networkAt(plan, null, 1_234_567).lossPct).toEqual({ value: 8, instead: 'differs' });
    expect(networkAt(plan, 'sse', 2_000_000).lossPct.value).toBe(0);
    expect(networkAt(plan, 'sse', 3_000_000).lossPct.value).toBe(1);
  });

  it('take away what would overrule them', () => {
    const bursts = findPreset('lossy-mobile')?.scenario as ScenarioInput;
    expect(networkAt(planOf(bursts), null, 0).lossPct.instead).toBe('in bursts');
    for (const atUs of [0, 5_000_000]) {
      const plan = planOf(setNetwork(bursts, 'lossPct', 7, null, atUs));
      expect(networkAt(plan, null, atUs).lossPct).toEqual({ value: 7, instead: null });
    }
  });
});

describe('groups', () => {
  it('come back where they belong, and the last one stays', () => {
    const without = toggleTransport(RACE, 'long-polling', ORDER);
    expect(without.clients.map(({ name }) => name)).toEqual(['polling', 'sse', 'websocket']);
    const again = toggleTransport(without, 'long-polling', ORDER);
    expect(again.clients.map(({ name }) => name)).toEqual(ORDER);
    const only = ['polling', 'long-polling', 'sse'].reduce(
      (s, kind) => toggleTransport(s, kind, ORDER),
      RACE,
    );
    expect(toggleTransport(only, 'websocket', ORDER)).toBe(only);
  });

  it('take faults and expectations about them along', () => {
    const offer = { kind: 'link-down', label: '', target: 'sse/2' } as const;
    const scenario = addFault(setClients(RACE, 'sse', 3), faultOf(offer, 1000));
    planOf(scenario);
    expect(planOf(setClients(scenario, 'sse', 1)).faults).toEqual([]);
    const without = planOf(toggleTransport(scenario, 'sse', ORDER));
    expect(without.expect.some(({ metric }) => metric.includes('sse'))).toBe(false);
  });
});

describe('options of a group', () => {
  it('are set where they belong', () => {
    let scenario = setOption(RACE, 'websocket', 'reconnect', 'kind', 'fixed');
    scenario = setOption(scenario, 'websocket', 'reconnect', 'baseMs', 250);
    scenario = setOption(scenario, 'polling', 'transport', 'intervalMs', 500);
    const [polling, , , websocket] = planOf(scenario).clients;
    expect(websocket?.reconnect).toMatchObject({ kind: 'fixed', baseMs: 250 });
    expect(polling?.transport).toMatchObject({ kind: 'polling', intervalMs: 500 });
  });
});

describe('traffic', () => {
  it('keeps the rate when it comes in another way', () => {
    for (const kind of ['periodic', 'burst', 'poisson'] as const) {
      const plan = planOf(setArrivals(RACE, kind, 4));
      expect(trafficOf(plan.publishers)).toMatchObject({ kind, perSecond: 4 });
    }
    expect(trafficOf(planOf(setBytes(RACE, 900)).publishers)?.bytes).toBe(900);
  });
});

describe('faults', () => {
  it('of every button hold, and say what they are', () => {
    const kinds = [
      ['link-down', 'SSE: link cut'],
      ['loss-burst', 'SSE: burst of loss, 30 %'],
      ['client-disconnect', 'SSE: off the network'],
      ['packet-drop', 'SSE: drop next data packet'],
    ] as const;
    for (const [kind, title] of kinds) {
      const scenario = addFault(RACE, faultOf({ kind, label: '', target: 'sse' }, 2_000_000));
      const [fault] = planOf(scenario).faults;
      expect(fault && faultTitle(fault, () => 'SSE')).toBe(title);
    }
    for (const kind of ['server-crash', 'dns-down'] as const) {
      planOf(addFault(RACE, faultOf({ kind, label: '', target: null }, 2_000_000)));
    }
  });

  it('of servers that leave politely, or come', () => {
    const header = headerFor(planOf(RACE));
    const drained = addFault(RACE, faultOf(drain(header), 2_000_000));
    expect(planOf(drained).faults).toMatchObject([
      { kind: 'server-drain', target: 'server-1', atMs: 2000, forMs: 10_000, spreadMs: 5000 },
    ]);
    expect(planOf(changeFault(drained, 0, { spreadMs: 500 })).faults[0]?.spreadMs).toBe(500);
    const [offer] = newServer(header);
    const joined = addFault(RACE, faultOf(offer as FaultOffer, 2_000_000));
    expect(planOf(joined)).toMatchObject({
      servers: { count: 2 },
      faults: [{ kind: 'server-join', target: 'server-2', atMs: 2000, forMs: null }],
    });
    // Another one comes after it, and one that is there already may come late.
    const more = addFault(joined, faultOf(newServer(headerFor(planOf(joined)))[0] as FaultOffer, 3_000_000));
    expect(planOf(more).servers.count).toBe(3);
    expect(planOf(addFault(more, { kind: 'server-join', atMs: 1, target: 'server-1' })).servers.count).toBe(
      3,
    );
  });

  it('are moved, lengthened and removed', () => {
    const scenario = addFault(RACE, faultOf({ kind: 'server-crash', label: '', target: null }, 2_000_000));
    const longer = changeFault(scenario, 0, { atMs: 500, forMs: null });
    expect(planOf(longer).faults).toMatchObject([{ atMs: 500, forMs: null }]);
    expect(removeFaults(longer, [0]).faults).toEqual([]);
  });

  it('are ended: the past stays as it was, and of one that begins at that moment nothing is left', () => {
    const scenario = addFault(RACE, faultOf({ kind: 'server-crash', label: '', target: null }, 2_000_000));
    expect(planOf(endFault(scenario, 0, 2_500_000)).faults).toMatchObject([{ atMs: 2000, forMs: 500 }]);
    expect(endFault(scenario, 0, 2_000_000).faults).toEqual([]);
  });
});

describe('hop 2', () => {
  const AWAY = findPreset('redis-away')?.scenario as ScenarioInput;
  beforeAll(async () => {
    await wantRules();
  });

  it('is swapped under the same load and the same trouble; what is about nodes that are gone goes with them', () => {
    const kafka = setBackplane(AWAY, 'kafka');
    const plan = planOf(kafka);
    expect(plan.backplane.kind).toBe('kafka');
    expect(kafka.publishers).toEqual(AWAY.publishers);
    expect(plan.faults.map(({ kind, atMs }) => [kind, atMs])).toEqual(
      AWAY.faults?.map(({ kind, atMs }) => [kind, atMs]),
    );
    // And back: who loses messages by Redis Pub/Sub loses them again.
    const back = setBackplane(kafka, 'redis-pubsub');
    expect(planOf(back).faults.map(({ kind, atMs }) => [kind, atMs])).toEqual(
      plan.faults.map(({ kind, atMs }) => [kind, atMs]),
    );
    expect(setBackplane(AWAY, 'direct').faults).toEqual([]);
    // Where there are no nodes, none can crash: not the one that was named, and not all of them.
    const all = {
      ...AWAY,
      faults: [
        { kind: 'broker-pause' as const, atMs: 2_000, forMs: 500 },
        { kind: 'dns-down' as const, atMs: 3_000 },
      ],
    };
    expect(planOf(setBackplane(all, 'kafka')).faults.map(({ kind }) => kind)).toEqual([
      'broker-pause',
      'dns-down',
    ]);
    expect(planOf(setBackplane(all, 'direct')).faults.map(({ kind }) => kind)).toEqual(['dns-down']);
    const option = setHopOption(kafka, 'backplane', 'acks', '1');
    expect(planOf(option).backplane).toMatchObject({ kind: 'kafka', acks: '1' });
    expect(setBackplane(option, 'kafka')).toBe(option);
  });

  it('has as many servers as are asked for', () => {
    const one = planOf(setServers(AWAY, 1));
    expect(one.servers.count).toBe(1);
    // The partition was server-2's.
    expect(one.faults.map(({ kind }) => kind)).toEqual(['broker-crash']);
  });

  it('has a load balancer before them, whose choice is kept from kind to kind', () => {
    const four = setHopOption(setBalancer(AWAY, 'layer-4'), 'balancer', 'algorithm', 'least-connections');
    const seven = planOf(setBalancer(four, 'layer-7'));
    expect(seven.edge.loadBalancer).toMatchObject({ kind: 'layer-7', algorithm: 'least-connections' });
    expect(planOf(setBalancer(four, null)).edge.loadBalancer).toBeNull();
  });

  it('every option of hop 2 that has a control is set where the file has it', () => {
    const balanced = setTopics(setBalancer(AWAY, 'layer-7'), 'cache');
    const { hop } = scenarioModel(planOf(balanced), balanced, null, rulesNow());
    const options = [...hop.options, ...hop.topicsOptions, ...hop.serversOptions];
    for (const { place, key, value, control } of [...options, ...(hop.balancer?.options ?? [])]) {
      const next =
        control.type === 'flag'
          ? value !== true
          : control.type === 'choice'
            ? control.values.find((one) => one !== value)
            : value === control.max
              ? control.min
              : control.max;
      if (next === undefined) continue; // there is no other choice
      const edited = setHopOption(balanced, place as HopPlace, key, next);
      const plan = planOf(edited);
      const again = scenarioModel(plan, edited, null, rulesNow()).hop;
      const all = [...again.options, ...again.topicsOptions, ...again.serversOptions];
      const shown = [...all, ...(again.balancer?.options ?? [])].find(
        (one) => one.place === place && one.key === key,
      );
      expect([place, key, shown?.value]).toEqual([place, key, next]);
    }
  });
});
