import type { FaultOffer } from '../../pages/play/model.ts';
import { aimAt, clientTitle } from '../../pages/play/touch/names.ts';
import { otherEnd } from '../../pages/play/touch/offers.ts';
import { packetOffers } from '../../pages/play/touch/packet-offers.ts';
import { clientOfSelection } from '../../views/reading/client-of.ts';
import type { Controller } from '../controller.ts';

/** Whom a command hits: the client that the selection is about, else everybody. */
export interface Aim {
  /** -1: all clients. */
  client: number;
  /** As a fault names it. */
  target: string | null;
  /** `SSE’s link`, `all links`. */
  links: string;
  /** `SSE`, `all clients`. */
  who: string;
  server: string | null;
  /** The node of the backplane that is selected, by name and by title. */
  node: { name: string; title: string } | null;
}

export function aimOf(controller: Controller): Aim {
  const { run, selection } = controller.store.getState();
  const { trace } = run;
  const client = clientOfSelection(trace, selection);
  const target = client < 0 ? null : aimAt(trace, client);
  const known = target !== null;
  const server =
    selection?.kind === 'server' ? (trace.header?.servers[selection.server]?.name ?? null) : null;
  const place = selection?.kind === 'place' ? trace.header?.places[selection.place] : undefined;
  return {
    node: place?.kind === 'node' ? { name: place.name, title: place.title } : null,
    client: known ? client : -1,
    target,
    links: known ? `${clientTitle(trace, client)}’s link` : 'all links',
    who: known ? clientTitle(trace, client) : 'all clients',
    server,
  };
}

type PacketKind = 'packet-drop' | 'packet-delay' | 'packet-duplicate';

/**
 * What becomes of a packet: of the selected one while it is on its way, else of the next data packet to the aim, or from
 * the node that is selected.
 */
export function packetOffer(controller: Controller, kind: PacketKind): FaultOffer {
  const { run, selection } = controller.store.getState();
  const own =
    selection?.kind === 'packet'
      ? packetOffers(run.trace, selection.seq).find((offer) => offer.kind === kind)
      : undefined;
  if (own !== undefined) return own;
  const { target, who, node } = aimOf(controller);
  const verb = { 'packet-drop': 'Drop', 'packet-delay': 'Delay', 'packet-duplicate': 'Duplicate' }[kind];
  const by = kind === 'packet-delay' ? ' by 200 ms' : '';
  const { header } = run.trace;
  const to = header === null || selection?.kind !== 'place' ? null : otherEnd(header, selection.place);
  if (node !== null && to !== null)
    return {
      kind,
      label: `${verb} the next data packet from ${node.title} to ${to === 'backplane' ? 'its like' : `the ${to}`}${by}`,
      target: null,
      between: [node.name, to],
      packet: 'data',
      nth: 1,
    };
  return {
    kind,
    label: `${verb} the next data packet to ${who}${by}`,
    target,
    direction: 'down',
    packet: 'data',
    nth: 1,
  };
}
