import { type PointerEvent, useMemo, useRef, useState } from 'react';
import type { TraceHeader } from '../../trace/trace.ts';
import { useFrame } from '../use-frame.ts';
import { type Size, useSize } from '../use-size.ts';
import type { ViewProps } from '../view.ts';
import { stageCaption } from './caption.ts';
import { ServerCard, SourceCard } from './cards.tsx';
import { ClientRows } from './client-rows.tsx';
import { networkTrouble, serverState, sourceState } from './host-state.ts';
import { lossLingerUs, type PlacedPacket } from './in-flight.ts';
import { layoutStage, type StageLayout } from './layout.ts';
import { ColumnLabels, Hop2 } from './links.tsx';
import { PacketCanvas } from './packet-canvas.tsx';
import { PacketList } from './packet-list.tsx';
import { halfWidth } from './paint.ts';
import styles from './stage.module.css';

export type StageProps = ViewProps;

/** Who sends what to whom, now: source, hop 2, servers, hop 1, clients. Fills its container. */
export function Stage(props: StageProps) {
  const [ref, size] = useSize<HTMLElement>();
  const { header } = props.trace;
  const layout = useMemo(
    () => (header && size && size.width > 0 ? layoutStage(header, size) : null),
    [header, size],
  );
  const [hovered, setHovered] = useState(-1);
  const drawn = useRef<readonly PlacedPacket[]>([]);
  const hit = (event: PointerEvent<HTMLElement>, reach: number): PlacedPacket | null => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return packetAt(drawn.current, event.clientX - left, event.clientY - top, reach);
  };
  const onCard = (event: PointerEvent) =>
    event.target instanceof Element && event.target.closest('button') !== null;
  return (
    <figure
      ref={ref}
      className={styles.stage}
      data-hit={hovered >= 0}
      data-upright={layout?.upright ?? false}
      data-roomy={layout?.roomy ?? false}
      aria-label="Stage"
      onPointerMove={(event) => setHovered(onCard(event) ? -1 : (hit(event, 12)?.seq ?? -1))}
      onPointerLeave={() => setHovered(-1)}
      onPointerUp={(event) => {
        if (onCard(event)) return;
        const packet = hit(event, event.pointerType === 'touch' ? 26 : 14);
        props.onSelect(packet ? { kind: 'packet', seq: packet.seq } : null);
      }}
    >
      {header && size && layout && (
        <StageAt
          {...props}
          header={header}
          size={size}
          layout={layout}
          hovered={hovered}
          onDrawn={(packets) => {
            drawn.current = packets;
          }}
        />
      )}
    </figure>
  );
}

interface StageAtProps extends StageProps {
  header: TraceHeader;
  size: Size;
  layout: StageLayout;
  hovered: number;
  onDrawn(packets: readonly PlacedPacket[]): void;
}

function StageAt(props: StageAtProps) {
  const { trace, playhead, selection, onSelect, header, layout } = props;
  useFrame(playhead);
  const { nowUs } = playhead;
  const linger = lossLingerUs(playhead.speed);
  const source = sourceState(trace, header, nowUs);
  const fresh = source.publishedUs >= 0 && nowUs - source.publishedUs < linger;
  const servers = layout.servers.map(({ server, box }) => ({
    server,
    box,
    ...serverState(trace, header, server, nowUs),
  }));
  return (
    <>
      <figcaption className={styles.hidden}>{stageCaption(trace, nowUs)}</figcaption>
      <ClientRows {...props} lingerUs={linger}>
        <ColumnLabels layout={layout} trouble={networkTrouble(trace, nowUs)} />
        <Hop2
          layout={layout}
          title={header.backplane.title}
          fresh={fresh && !source.refused}
          down={servers.map(({ condition }) => (condition === 'up' ? 0 : 1)).join('')}
        />
      </ClientRows>
      <PacketCanvas {...props} />
      <SourceCard
        box={layout.source}
        name={source.name}
        fact={source.fact}
        fresh={fresh}
        refused={source.refused}
      />
      {servers.map(({ server, box, name, fact, condition }) => (
        <ServerCard
          key={server}
          box={box}
          name={name}
          fact={fact}
          condition={condition}
          tall={layout.upright}
          selected={selection?.kind === 'server' && selection.server === server}
          onClick={() => onSelect({ kind: 'server', server })}
        />
      ))}
      {!playhead.playing && <PacketList trace={trace} layout={layout} nowUs={nowUs} />}
    </>
  );
}

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
