import type { LinkOptions } from '../../engine/contract/link-options.ts';
import type { FaultPlan, Plan } from '../../engine/contract/plan.ts';
import { isAtClients } from '../../engine/targets.ts';
import type { LinkModel, NetworkKey, NetworkValues } from '../../pages/play/model.ts';
import { hits, holdsAt } from './faults-at.ts';

/**
 * What the access links are like at a moment: the scenario's options with the changes upon them that hold then.
 * Where groups differ the value is that of the first, and `instead` says so.
 */
export function networkAt(plan: Plan, target: string | null, atUs: number): NetworkValues {
  const groups = plan.clients.filter((group) => target === null || group.name === target);
  const changes = byTime(plan.faults);
  const atClients = isAtClients(plan);
  const links = groups.map((group) => linkAt(changes, [group.name], atClients, group.network, atUs / 1000));
  const valueAt = (key: NetworkKey) => {
    const texts = new Set(links.map((link) => insteadOf(key, link) ?? String(link[key])));
    const [first] = links;
    const instead = texts.size > 1 ? 'differs' : first === undefined ? null : insteadOf(key, first);
    return { value: first?.[key] ?? null, instead };
  };
  return {
    rttMs: valueAt('rttMs'),
    jitterMs: valueAt('jitterMs'),
    lossPct: valueAt('lossPct'),
    rateKbps: valueAt('rateKbps'),
  };
}

/** How an option is written that another one overrules. */
function insteadOf(key: NetworkKey, link: LinkOptions): string | null {
  if (key === 'lossPct' && link.lossModel !== null) return 'in bursts';
  if (key !== 'rttMs' || (link.upMs === null && link.downMs === null)) return null;
  return `${link.upMs ?? link.rttMs / 2} + ${link.downMs ?? link.rttMs / 2} ms`;
}

/** A link with all changes in force laid over it, in the order in which they began, as the engine does it. */
function linkAt(
  changes: readonly FaultPlan[],
  names: readonly string[],
  atClients: boolean,
  base: LinkOptions,
  atMs: number,
): LinkOptions {
  let link = base;
  for (const fault of changes) {
    if (fault.kind === 'link-change' && holdsAt(fault, atMs) && hits(fault.target, names, atClients)) {
      link = { ...link, ...fault.set };
    }
  }
  return link;
}

const byTime = (faults: readonly FaultPlan[]): FaultPlan[] =>
  faults.filter(({ kind }) => kind === 'link-change' || kind === 'link-down').sort((a, b) => a.atMs - b.atMs);

/** What the link of a client is like at a moment; the clients' cards ask it sixty times a second. */
export function linkReader(plan: Plan): (client: string, atUs: number) => LinkModel {
  const faults = byTime(plan.faults);
  const known = new Map<string, LinkModel>();
  return (client, atUs) => {
    const atMs = atUs / 1000;
    const inForce = faults.filter((fault) => holdsAt(fault, atMs));
    // Whatever holds at a moment is the same as long as the same faults hold.
    const key = `${client} ${inForce.map((fault) => faults.indexOf(fault)).join()}`;
    let link = known.get(key);
    if (link === undefined) known.set(key, (link = linkModel(plan, inForce, client, atMs)));
    return link;
  };
}

function linkModel(plan: Plan, inForce: readonly FaultPlan[], client: string, atMs: number): LinkModel {
  const [name = ''] = client.split('/');
  const names = [name, client];
  const base = plan.clients.find((group) => group.name === name)?.network ?? plan.network.access;
  const atClients = isAtClients(plan);
  const link = linkAt(inForce, names, atClients, base, atMs);
  const cuts = inForce.filter((fault) => fault.kind === 'link-down' && hits(fault.target, names, atClients));
  const is = (way: 'up' | 'down') => cuts.some(({ direction = 'both' }) => [way, 'both'].includes(direction));
  const up = link.upMs ?? link.rttMs / 2;
  const down = link.downMs ?? link.rttMs / 2;
  const apart = link.upMs !== null || link.downMs !== null;
  const number = (value: number) => String(Number(value.toFixed(2)));
  const delay = apart ? `${number(up)} + ${number(down)} ms` : `${number(link.rttMs)} ms`;
  const loss =
    link.lossModel !== null ? 'loss in bursts' : link.lossPct > 0 ? `${number(link.lossPct)} %` : '';
  return {
    rttMs: up + down,
    lossPct: link.lossPct,
    text: loss === '' ? delay : `${delay} · ${loss}`,
    changed: link !== base,
    cut: is('up') ? (is('down') ? 'both' : 'up') : is('down') ? 'down' : '',
  };
}
