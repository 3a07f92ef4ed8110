import { type PointerEvent, useMemo, useRef, useState } from 'react';
import type { Trace } from '../../trace/trace.ts';
import { useSize } from '../use-size.ts';
import type { ViewProps } from '../view.ts';
import type { PlacedPacket } from './in-flight.ts';
import { layoutStage } from './layout.ts';
import { halfWidth } from './paint.ts';
import styles from './stage.module.css';
import { type Hovered, NOTHING, StageAt } from './stage-at.tsx';
import { linkNear, peerNear, type StageTouch } from './touch.ts';
import { useMembers } from './use-members.ts';

export interface StageProps extends ViewProps {
  /** What can be done to what stands there. */
  touch?: StageTouch;
  /** An earlier run: what its readers had at this moment stands small on the cards where it is something else. */
  ghost?: { name: string; trace: Trace } | null;
}

/** Who sends what to whom, now: source, hop 2, servers, hop 1, clients. Fills its container. */
export function Stage(props: StageProps) {
  const [ref, size] = useSize<HTMLElement>();
  const { trace, touch = null, playhead, onSelect } = props;
  const { header } = trace;
  const only = useMembers(trace, playhead, props.selection);
  const layout = useMemo(
    () => (header && size && size.width > 0 ? layoutStage(header, size, only) : null),
    [header, size, only],
  );
  const [hovered, setHovered] = useState<Hovered>(NOTHING);
  const drawn = useRef<readonly PlacedPacket[]>([]);
  /** What the pointer went down on: a packet in flight is elsewhere by the time it goes up. */
  const aimed = useRef<Hovered>(NOTHING);
  /** A packet above a label that the pointer went down on; -1: none. */
  const passing = useRef(-1);

  const hit = (event: PointerEvent<HTMLElement>, reach: number): Hovered => {
    if (onThing(event) || layout === null) return NOTHING;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const packet = packetAt(drawn.current, x, y, reach);
    if (packet !== null) return { ...NOTHING, packet: packet.seq };
    if (touch === null) return NOTHING;
    const link = linkNear(trace, layout, playhead.nowUs, { x, y }, reach);
    if (link >= 0) return { ...NOTHING, link };
    return { ...NOTHING, peer: peerNear(trace, layout, { x, y }, reach) };
  };
  /** The packet that passes a link's label just where the pointer is: it is drawn above, and gone in a moment. */
  const overLabel = (event: PointerEvent<HTMLElement>): number => {
    if (!(event.target instanceof Element) || event.target.closest('[data-touch]') === null) return -1;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const reach = event.pointerType === 'touch' ? 14 : 8;
    return packetAt(drawn.current, event.clientX - left, event.clientY - top, reach)?.seq ?? -1;
  };
  const open = (packet: number, event: { clientX: number; clientY: number }) => {
    onSelect({ kind: 'packet', seq: packet });
    touch?.onOpen({ kind: 'packet', seq: packet }, new DOMRect(event.clientX - 8, event.clientY - 8, 16, 16));
  };
  const point = ({ packet, link }: Hovered) =>
    props.pointing?.point(
      packet >= 0 ? { kind: 'packet', seq: packet } : link >= 0 ? { kind: 'client', client: link } : null,
    );
  const hover = (next: Hovered) =>
    setHovered((now) =>
      now.packet === next.packet && now.link === next.link && now.peer === next.peer ? now : next,
    );

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: cards, labels and the list of packets do the same by keyboard
    <figure
      ref={ref}
      className={styles.stage}
      data-hit={hovered.packet >= 0 || hovered.link >= 0 || hovered.peer >= 0}
      data-upright={layout?.upright ?? false}
      data-roomy={layout?.roomy ?? false}
      aria-label="Stage"
      onPointerMove={(event) => {
        const next = hit(event, 12);
        hover(next);
        if (!onThing(event)) point(next);
      }}
      onPointerLeave={() => {
        hover(NOTHING);
        point(NOTHING);
      }}
      onPointerDownCapture={(event) => {
        passing.current = event.button === 0 ? overLabel(event) : -1;
        if (passing.current >= 0) event.stopPropagation();
      }}
      onClickCapture={(event) => {
        const packet = passing.current;
        passing.current = -1;
        if (packet < 0) return;
        event.stopPropagation();
        open(packet, event);
      }}
      onPointerDown={(event) => {
        aimed.current = hit(event, event.pointerType === 'touch' ? 26 : 14);
      }}
      onClick={(event) => {
        if (onThing(event)) return;
        const { packet, link, peer } = aimed.current;
        if (packet >= 0) {
          open(packet, event);
          return;
        }
        onSelect(null);
        const at = new DOMRect(event.clientX - 8, event.clientY - 8, 16, 16);
        if (link >= 0) touch?.onOpen({ kind: 'link', client: link }, at);
        else if (peer >= 0) touch?.onOpen({ kind: 'peer', link: peer }, at);
      }}
    >
      {header && size && layout && (
        <StageAt
          {...props}
          touch={touch}
          header={header}
          size={size}
          layout={layout}
          hovered={hovered}
          onHover={hover}
          onDrawn={(packets) => {
            drawn.current = packets;
          }}
        />
      )}
    </figure>
  );
}

/** Cards, labels and fields answer for themselves. */
const onThing = (event: { target: EventTarget }): boolean =>
  event.target instanceof Element && event.target.closest('button, input, label, [data-touch]') !== null;

/** The packet that is drawn nearest to a point, the topmost among equals, or null beyond `reach` px. */
export function packetAt(
  packets: readonly PlacedPacket[],
  x: number,
  y: number,
  reach: number,
): PlacedPacket | null {
  let best: PlacedPacket | null = null;
  let nearest = reach;
  for (const packet of packets) {
    const beside = Math.max(0, Math.abs(packet.place.x - x) - halfWidth(packet) + 5);
    const away = Math.hypot(beside, packet.place.y - y);
    if (away <= nearest) {
      nearest = away;
      best = packet;
    }
  }
  return best;
}
