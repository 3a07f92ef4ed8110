import { useState } from 'react';
import type { Trace } from '../../../trace/trace.ts';
import { Term } from '../../../views/now/term.tsx';
import { placeTitle } from '../../../views/reading/places.ts';
import type { Touched } from '../../../views/stage/touch.ts';
import type { FaultOffer } from '../model.ts';
import { NumberEntry } from '../parts/entry.tsx';
import { effectOf } from './effects.ts';
import { Endings, isOfPeer, isOfPlace } from './endings.tsx';
import { type ChoicesProps, LinkChoices } from './link-choices.tsx';
import { Choice, Menu } from './menu.tsx';
import { clientTitle } from './names.ts';
import { BALANCER_OFFERS, clientOffers, peerOffers, placeOffers, serverOffers } from './offers.ts';
import { aimAtPacket, type PacketAim, packetOffers } from './packet-offers.ts';
import styles from './touch.module.css';

export interface ThingMenuProps extends ChoicesProps {
  what: Touched;
  anchor: DOMRect;
}

/** What can be done to something on the stage, each with what will come of it. */
export function ThingMenu(props: ThingMenuProps) {
  const { what, trace, anchor, onClose } = props;
  switch (what.kind) {
    case 'link': {
      const name = clientTitle(trace, what.client);
      return (
        <Menu label={`${name}: link`} anchor={anchor} onClose={onClose}>
          <LinkChoices {...props} client={what.client} />
        </Menu>
      );
    }
    case 'packet':
      return (
        <Menu label="Packet" anchor={anchor} onClose={onClose}>
          <PacketChoices {...props} seq={what.seq} />
        </Menu>
      );
    case 'client':
      return (
        <Menu label={clientTitle(trace, what.client)} anchor={anchor} onClose={onClose}>
          <h2 className={styles.menuTitle}>{clientTitle(trace, what.client)}</h2>
          <Offers {...props} offers={clientOffers(trace, what.client)} />
        </Menu>
      );
    case 'server':
      return (
        <Menu label="Server" anchor={anchor} onClose={onClose}>
          <h2 className={styles.menuTitle}>Server {what.server + 1}</h2>
          <Endings {...props} concerns={(fault) => isOfPlace(trace, fault, what.server)} />
          <Offers {...props} offers={serverOffers(trace, what.server)} />
        </Menu>
      );
    case 'place':
      return (
        <Titled
          {...props}
          title={titleOf(trace, what.place)}
          offers={placeOffers(trace, what.place)}
          concerns={(fault) => isOfPlace(trace, fault, what.place)}
        />
      );
    case 'peer':
      return (
        <Titled
          {...props}
          title={peerTitle(trace, what.link)}
          offers={peerOffers(trace, what.link)}
          concerns={(fault) => isOfPeer(trace, fault, what.link)}
        />
      );
    case 'balancer':
      return <BalancerMenu {...props} />;
    case 'proxy':
      return <ProxyMenu {...props} />;
  }
}

interface TitledProps extends ThingMenuProps {
  title: string;
  offers: readonly FaultOffer[];
  concerns: Parameters<typeof Endings>[0]['concerns'];
}

function Titled(props: TitledProps) {
  const { title, anchor, onClose } = props;
  return (
    <Menu label={title} anchor={anchor} onClose={onClose}>
      <h2 className={styles.menuTitle}>{title}</h2>
      <Endings {...props} />
      <Offers {...props} />
    </Menu>
  );
}

/** What can be done to the load balancer, and the rules that it goes by. */
function BalancerMenu(props: ThingMenuProps) {
  const { trace, anchor, onClose } = props;
  const layer = `layer ${trace.header?.loadBalancer?.layer ?? 4}`;
  return (
    <Menu label="Load balancer" anchor={anchor} onClose={onClose}>
      <h2 className={styles.menuTitle}>Load balancer</h2>
      <Offers {...props} offers={BALANCER_OFFERS} />
      <p className={styles.menuNote}>
        How it works: <Term term={layer} />, <Term term="health checks" />
        {layer === 'layer 7' && (
          <>
            , <Term term="streaming and buffering" />
          </>
        )}
      </p>
    </Menu>
  );
}

/** What becomes of what passes the proxy, and the rules that it goes by. */
function ProxyMenu({ trace, anchor, onClose }: ThingMenuProps) {
  return (
    <Menu label="Proxy" anchor={anchor} onClose={onClose}>
      <h2 className={styles.menuTitle}>Proxy</h2>
      <p className={styles.menuNote}>
        {trace.header?.proxy?.reads
          ? 'Without TLS it reads what passes: clients’ connections end here. With TLS it could only let packets pass.'
          : 'What TLS carries it cannot read: packets pass as if it were not there. Without TLS it reads the requests.'}
      </p>
      <p className={styles.menuNote}>
        How it works: <Term term="interception proxy" />, <Term term="hop-by-hop fields" />
      </p>
    </Menu>
  );
}

const titleOf = (trace: Trace, place: number): string =>
  trace.header === null ? '' : placeTitle(trace.header, place);

function peerTitle(trace: Trace, link: number): string {
  const { from = -1, to = -1 } = trace.header?.links[link] ?? {};
  return `Between ${titleOf(trace, from)} and ${titleOf(trace, to)}`;
}

/** Faults to choose from: one is added, and the menu has done its work. */
function Offers({ offers, trace, actions, onClose }: ThingMenuProps & { offers: readonly FaultOffer[] }) {
  return offers.map((offer) => (
    <Choice
      key={offer.label}
      label={offer.label}
      effect={effectOf(offer, trace.header)}
      onChoose={() => {
        actions.addFault(offer);
        onClose();
      }}
    />
  ));
}

/** `Packet to SSE 2`, `Packet from Redis to Server 1`. */
function packetTitle(trace: Trace, { link, client, down }: PacketAim): string {
  const { header } = trace;
  if (client >= 0 || header === null) return `Packet ${down ? 'to' : 'from'} ${clientTitle(trace, client)}`;
  const { from = -1, to = -1 } = header.links[link] ?? {};
  const ends =
    from < 0
      ? ['the load balancer', placeTitle(header, link - header.clients.length)]
      : [placeTitle(header, from), placeTitle(header, to)];
  return `Packet from ${(down ? ends.toReversed() : ends).join(' to ')}`;
}

function PacketChoices(props: ThingMenuProps & { seq: number }) {
  const { trace, seq, scenario, actions, onClose } = props;
  const [byMs, setByMs] = useState(200);
  const packet = aimAtPacket(trace, seq);
  if (packet === null)
    return <p className={styles.menuNote}>Nothing can be done to this packet by itself.</p>;
  const title = packetTitle(trace, packet);
  if (packet.aim === null)
    return (
      <>
        <h2 className={styles.menuTitle}>{title}</h2>
        <p className={styles.menuNote}>
          It crosses no link of the model, so it cannot be taken out; a lookup fails while DNS is down.
        </p>
        <Offers {...props} offers={[{ kind: 'dns-down', label: 'Take DNS down for 5 s', target: null }]} />
      </>
    );
  const { aim } = packet;
  const by = scenario.faults.find(
    ({ kind, target, between, atMs, direction, nth }) =>
      kind === 'packet-drop' &&
      target === aim.target &&
      between?.join() === aim.between?.join() &&
      Math.round(atMs * 1000) === aim.atUs &&
      direction === aim.direction &&
      nth === aim.nth,
  );
  return (
    <>
      <h2 className={styles.menuTitle}>{title}</h2>
      {by !== undefined && (
        <Choice
          label="Deliver it after all"
          effect="Takes the fault away that drops it."
          onChoose={() => {
            actions.removeFault(by.index);
            onClose();
          }}
        />
      )}
      {packet.lost && by === undefined && (
        <p className={styles.menuNote}>It is lost already; its story tells why.</p>
      )}
      <Offers {...props} offers={packetOffers(trace, seq, byMs)} />
      {!packet.lost && (
        <div className={styles.menuRow}>
          <span>Delay by</span>
          <NumberEntry
            label="Delay, ms"
            value={byMs}
            min={0.001}
            max={600_000}
            unit="ms"
            width={9}
            onChange={setByMs}
          />
        </div>
      )}
    </>
  );
}
