import type { FaultPlan, Plan } from '../../engine/contract/plan.ts';
import type { FaultOffer } from '../../pages/play/model.ts';
import { effectOf, MEND_EFFECT } from '../../pages/play/touch/effects.ts';
import { drain, newServer, placeableOffers } from '../../pages/play/touch/offers.ts';
import { isLinked } from '../../views/reading/places.ts';
import { TYPE_FIELD } from '../../views/stage/touch.ts';
import type { Controller } from '../controller.ts';
import { holdsAt } from '../edit/faults-at.ts';
import { linkReader } from '../edit/network-at.ts';
import { aimOf, packetOffer } from './aim.ts';
import type { Command, Topic } from './command.ts';

const RTT_STEP_MS = 50;
const LONGEST_RTT_MS = 60_000;

/** Everything that can be touched on the stage, by key: whatever is written with Shift changes the run. */
export const touchCommands: Topic = (controller) => {
  const { run } = controller.store.getState();
  const aim = aimOf(controller);
  const { target, links, who, server, node } = aim;
  const many = server === null && (run.trace.header?.servers.length ?? 1) > 1;
  const servers = many ? 'all servers' : (server ?? 'the server');
  const fault = (key: string, offer: FaultOffer): Command => ({
    id: `fault.${offer.kind}${offer.direction ? `-${offer.direction}` : ''}`,
    title: offer.label,
    group: 'Faults',
    keys: [`Shift+${key}`],
    effect: () => effectOf(offer, run.trace.header),
    run: () => controller.addFault(offer),
  });
  return [
    fault('c', { kind: 'link-down', label: `Cut ${links} for 2 s`, target }),
    fault('u', { kind: 'link-down', label: `Cut ${links} upward for 2 s`, target, direction: 'up' }),
    fault('v', { kind: 'link-down', label: `Cut ${links} downward for 2 s`, target, direction: 'down' }),
    mend(controller),
    ...slower(controller),
    fault('l', { kind: 'loss-burst', label: `Lose 30 % on ${links} for 1 s`, target }),
    ...(['packet-drop', 'packet-delay', 'packet-duplicate'] as const).map((kind) => ({
      ...fault({ 'packet-drop': 'x', 'packet-delay': 'd', 'packet-duplicate': 'b' }[kind], {
        ...packetOffer(controller, kind),
      }),
      id: `fault.${kind}`,
    })),
    fault('o', { kind: 'client-disconnect', label: `Take ${who} off the network for 5 s`, target }),
    fault('t', { kind: 'client-sleep', label: `Put the tab of ${who} to sleep for 5 s`, target }),
    fault('w', { kind: 'network-switch', label: `Switch ${who} from Wi-Fi to cellular`, target }),
    ...(node === null
      ? [
          fault('k', { kind: 'server-crash', label: `Crash ${servers} for 2 s`, target: server }),
          fault('p', { kind: 'server-pause', label: `Pause ${servers} for 2 s`, target: server }),
        ]
      : [
          fault('k', { kind: 'broker-crash', label: `Crash ${node.title} for 2 s`, target: node.name }),
          fault('p', { kind: 'broker-pause', label: `Pause ${node.title} for 2 s`, target: node.name }),
        ]),
    fault('g', drain(run.trace.header, server ?? undefined)),
    ...newServer(run.trace.header).map((offer) => fault('j', offer)),
    ...parting(controller, fault),
    fault('n', { kind: 'dns-down', label: 'Take DNS down for 5 s', target: null }),
    type(controller),
    ...placeableOffers(target, run.trace.header).map((offer) => ({
      id: `place.${offer.kind}${offer.between === undefined || offer.kind === 'partition' ? '' : '-hop-2'}`,
      title: `Put on the timeline: ${offer.label}`,
      group: 'Faults' as const,
      effect: () => `Click or drag where it goes, or move the playhead and press Enter.`,
      run: () => controller.place(offer),
    })),
  ];
};

/** Whoever is selected is cut off from the other side of hop 2; if nobody is, servers and backplane are parted. */
function parting(controller: Controller, fault: (key: string, offer: FaultOffer) => Command): Command[] {
  const { header } = controller.store.getState().run.trace;
  if (header === null || !isLinked(header)) return [];
  const { server, node } = aimOf(controller);
  const hasNodes = header.places.some(({ kind }) => kind === 'node');
  const others = hasNodes ? 'backplane' : 'publishers';
  const between = node !== null ? ['servers', node.name] : [server ?? 'servers', others];
  const names = between.map((name) => header.places.find((place) => place.name === name)?.title || name);
  const label = `Part ${names.join(' and ')} for 2 s`;
  return [fault('y', { kind: 'partition', label, target: null, between })];
}

function mend(controller: Controller): Command {
  const { client } = aimOf(controller);
  const { plan, run } = controller.store.getState();
  const clients = run.trace.header?.clients ?? [];
  const cut = () => {
    const linkAt = linkReader(plan);
    const meant = client < 0 ? clients : clients.slice(client, client + 1);
    const nowUs = controller.player.nowUs;
    return (
      meant.find(({ name }) => linkAt(name, nowUs).cut !== '')?.name ??
      (client < 0 ? cutServer(plan, nowUs) : undefined)
    );
  };
  return {
    id: 'fault.mend',
    title: client < 0 ? 'Mend what is cut' : `Mend ${aimOf(controller).links}`,
    group: 'Faults',
    keys: ['Shift+m'],
    effect: () => (cut() === undefined ? 'No link is cut at this moment.' : MEND_EFFECT),
    enabled: () => cut() !== undefined,
    run: () => controller.mendLink(cut() ?? ''),
  };
}

/** A server whose link is cut, by name: where clients reach it without a detour, it is drawn at theirs. */
function cutServer({ faults, servers }: Plan, nowUs: number): string | undefined {
  const names = Array.from({ length: servers.count }, (_, server) => `server-${server + 1}`);
  const isCut = (fault: FaultPlan) => fault.kind === 'link-down' && holdsAt(fault, nowUs / 1000);
  return faults.find((fault) => isCut(fault) && names.includes(fault.target ?? ''))?.target ?? undefined;
}

/** A longer or shorter round trip, as a drag along the link makes it. */
function slower(controller: Controller): Command[] {
  const { client, links, target } = aimOf(controller);
  const { plan, run } = controller.store.getState();
  const name = run.trace.header?.clients[Math.max(0, client)]?.name ?? '';
  const changed = (by: number) => {
    const { rttMs } = linkReader(plan)(name, controller.player.nowUs);
    return Math.min(LONGEST_RTT_MS, Math.max(0, Math.round(rttMs + by)));
  };
  return ([RTT_STEP_MS, -RTT_STEP_MS] as const).map((by) => ({
    id: by > 0 ? 'link.slower' : 'link.faster',
    title: `Make ${links} ${by > 0 ? 'slower' : 'faster'} by ${RTT_STEP_MS} ms`,
    group: 'Faults' as const,
    keys: [by > 0 ? 'Shift+ArrowUp' : 'Shift+ArrowDown'],
    repeats: true,
    effect: () => `A round trip takes ${changed(by)} ms from the playhead on (at 0 s: in the whole run).`,
    run: () =>
      target === null
        ? controller.setNetwork('rttMs', changed(by), null)
        : controller.setLink(name, 'rttMs', changed(by), Math.round(controller.player.nowUs)),
  }));
}

function type(controller: Controller): Command {
  return {
    id: 'change.type',
    title: 'Type into the editor yourself',
    group: 'Change',
    keys: ['e'],
    effect: () => effectOf({ kind: 'publish', label: '', target: null }, null),
    run: () => {
      controller.show({ part: 'stage' });
      // On a phone the stage has to come into view first.
      requestAnimationFrame(() => document.getElementById(TYPE_FIELD)?.focus());
    },
  };
}
