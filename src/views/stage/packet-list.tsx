import { type KeyboardEvent, memo, useRef, useState } from 'react';
import { PROXY } from '../../trace/kinds.ts';
import { asName } from '../../trace/names.ts';
import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { placeTitle } from '../reading/places.ts';
import { staysWhileDragged } from '../use-frame.ts';
import { type PlacedPacket, packetsInFlight } from './in-flight.ts';
import type { StageLayout } from './stage-layout.ts';
import styles from './touch.module.css';

/** As many as anybody listens to. */
const MOST = 40;

interface PacketListProps {
  trace: Trace;
  layout: StageLayout;
  nowUs: number;
  /** While the playhead is moved by hand the list stays as it was. */
  dragged: boolean;
  /** Told which one has the focus; -1: none. */
  onFocus(seq: number): void;
  onOpen(seq: number, element: HTMLElement): void;
}

/**
 * The packets in flight for those who do not see the picture, or have no pointer: one stop of the Tab key, arrow keys
 * go from one to the next. Only while time stands still.
 */
export const PacketList = memo(function PacketList(props: PacketListProps) {
  const { trace, layout, nowUs, onFocus, onOpen } = props;
  const ref = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(-1);
  const packets = packetsInFlight(trace, layout, nowUs, 100_000, false, MOST);
  const stop = packets.some(({ seq }) => seq === current) ? current : (packets[0]?.seq ?? -1);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = [...(ref.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  return (
    <ul ref={ref} className={styles.packetList} aria-label="Packets in flight" onKeyDown={onKeyDown}>
      {packets.map((packet) => (
        <li key={packet.seq}>
          <button
            type="button"
            className={styles.packetButton}
            style={{ left: packet.place.x, top: packet.place.y }}
            tabIndex={packet.seq === stop ? 0 : -1}
            aria-label={describe(trace, packet)}
            onFocus={() => {
              setCurrent(packet.seq);
              onFocus(packet.seq);
            }}
            onBlur={() => onFocus(-1)}
            onClick={(event) => onOpen(packet.seq, event.currentTarget)}
          />
        </li>
      ))}
    </ul>
  );
}, staysWhileDragged);

/** What is at the other end of a server's own link. */
const beforeServers = ({ client }: TraceHeader['links'][number]): string =>
  client === PROXY ? 'the proxy' : 'the load balancer';

function describe(trace: Trace, { face, client, server, link, share, lost }: PlacedPacket): string {
  const { header } = trace;
  const one = header?.links[link];
  const host = asName(header?.servers[server]?.name ?? 'server');
  const inside = one !== undefined && one.kind !== 'access';
  const [first, last] =
    one?.kind === 'backplane' && header
      ? [placeTitle(header, one.to), placeTitle(header, one.from)]
      : one?.kind === 'edge'
        ? ['the load balancer', 'the proxy']
        : [host, inside ? beforeServers(one) : (header?.clients[client]?.name ?? '')];
  const way = face.down ? `from ${first} to ${last}` : `from ${last} to ${first}`;
  const forth = one?.kind === 'backplane' ? !face.down : face.down;
  const covered = Math.round((forth ? share : 1 - share) * 100);
  return `${face.label} ${way}, ${lost === '' ? `${covered} % of the way` : 'lost'}`;
}
