import { memo, useRef } from 'react';
import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { usePointed } from '../pointing.ts';
import { legCut } from '../reading/places.ts';
import { UNHURRIED, useFrame } from '../use-frame.ts';
import type { Size } from '../use-size.ts';
import type { Selection, ViewProps } from '../view.ts';
import { stageCaption } from './caption.ts';
import { SourceCard } from './cards.tsx';
import { ClientRows, labelShare } from './client-rows.tsx';
import { Between, Nodes, Servers } from './fleet-cards.tsx';
import { HopLinks, InnerLinks } from './hop-links.tsx';
import { networkTrouble, serverState, sourceState } from './host-state.ts';
import { lossLingerUs, type PlacedPacket } from './in-flight.ts';
import { type LinkLabel, LinkLabels, labelPlace, labelText } from './link-labels.tsx';
import { ColumnLabels, Hop2 } from './links.tsx';
import { FULL_DETAIL, PacketCanvas } from './packet-canvas.tsx';
import { PacketList } from './packet-list.tsx';
import { serverOfClient } from './server-of.ts';
import styles from './stage.module.css';
import type { Box, StageLayout } from './stage-layout.ts';
import touchStyles from './touch.module.css';
import { type StageTouch, TYPE_FIELD } from './touch.ts';
import { TypeField } from './type-field.tsx';

/** What the pointer is over: seq of a packet, a client whose link it is, or a link of hop 2; -1: none. */
export interface Hovered {
  packet: number;
  link: number;
  peer: number;
}

export const NOTHING: Hovered = { packet: -1, link: -1, peer: -1 };

interface StageAtProps extends ViewProps {
  header: TraceHeader;
  size: Size;
  layout: StageLayout;
  touch: StageTouch | null;
  ghost?: { name: string; trace: Trace } | null;
  hovered: Hovered;
  onHover(hovered: Hovered): void;
  onDrawn(packets: readonly PlacedPacket[]): void;
}

/** The stage at the time of the playhead; in a crowd only the packets are drawn anew with every frame. */
export function StageAt(props: StageAtProps) {
  const { trace, playhead, selection, onSelect, header, layout, touch, hovered } = props;
  const crowded = useRef(false);
  useFrame(playhead, crowded.current ? UNHURRIED : 1, 4);
  const pointed = usePointed(props.pointing);
  const { nowUs } = playhead;
  const linger = lossLingerUs(playhead.speed);
  const source = sourceState(trace, header, nowUs);
  const fresh = source.publishedUs >= 0 && nowUs - source.publishedUs < linger;
  const servers = layout.servers.map(({ server }) => serverState(trace, header, server, nowUs));
  const down = bits(servers, ({ condition }) => condition !== 'up');
  const labels = touch === null ? [] : linkLabels(props, touch, nowUs);
  const canType = touch !== null && header.publishers.length > 0;
  const onPoint = (next: Selection | null) => props.pointing?.point(next);
  const hosts = { trace, header, layout, nowUs, selection, pointed, touch, onSelect, onPoint };
  return (
    <>
      <Caption trace={trace} playhead={playhead} />
      <ClientRows
        {...props}
        lingerUs={linger}
        labels={labels}
        ghost={props.ghost ?? null}
        hovered={hovered.link}
        pointed={pointed}
        onPoint={onPoint}
        between={
          <>
            {touch && <LinkLabels labels={labels} short={layout.upright} touch={touch} playhead={playhead} />}
            <PacketCanvas
              {...props}
              hovered={hovered.packet}
              pointed={pointed}
              onDrawn={(packets) => {
                crowded.current = packets.length > FULL_DETAIL;
                props.onDrawn(packets);
              }}
              taken={[...labels.map(({ box }) => box), ...(canType ? [hintBox(layout)] : [])]}
            />
          </>
        }
      >
        <Hop2 layout={layout} title={header.backplane.title} fresh={fresh && !source.refused} down={down} />
        <HopLinks trace={trace} header={header} layout={layout} nowUs={nowUs} hovered={hovered.peer} />
        {layout.inner(0) !== null && (
          <InnerLinks
            layout={layout}
            unhealthy={bits(servers, ({ unhealthy }) => unhealthy)}
            down={down}
            cuts={header.servers.map((_, server) => legCut(trace, server, nowUs)).join()}
          />
        )}
        <ColumnLabels layout={layout} trouble={networkTrouble(trace, nowUs)} />
      </ClientRows>
      <SourceCard
        box={layout.source}
        name={source.name}
        fact={source.fact}
        fresh={fresh}
        refused={source.refused}
      >
        {canType ? <TypeField fact={source.fact} touch={touch} /> : null}
      </SourceCard>
      {canType && <TypeHint layout={layout} effect={touch.typeEffect} />}
      <Nodes {...hosts} />
      <Servers {...hosts} servers={servers} />
      <Between {...hosts} />
      {!playhead.playing && (
        <PacketList
          trace={trace}
          layout={layout}
          nowUs={nowUs}
          dragged={playhead.dragged ?? false}
          onFocus={(packet) => props.onHover({ ...NOTHING, packet })}
          onOpen={(seq, element) => {
            onSelect({ kind: 'packet', seq });
            touch?.onOpen({ kind: 'packet', seq }, element.getBoundingClientRect());
          }}
        />
      )}
    </>
  );
}

const bits = <T,>(of: readonly T[], is: (one: T) => boolean): string =>
  of.map((one) => (is(one) ? 1 : 0)).join('');

/** Heard and not seen: nobody is read sixty captions a second. */
const Caption = memo(function Caption({ trace, playhead }: Pick<ViewProps, 'trace' | 'playhead'>) {
  useFrame(playhead, UNHURRIED);
  return <figcaption className={styles.hidden}>{stageCaption(trace, playhead.nowUs)}</figcaption>;
});

/** The labels of the links of all clients that stand on the stage one by one. */
function linkLabels({ trace, layout }: StageAtProps, touch: StageTouch, nowUs: number): LinkLabel[] {
  const labels: LinkLabel[] = [];
  layout.rows.forEach(({ row }, index) => {
    if (row.kind !== 'client') return;
    const link = touch.linkAt(row.client, nowUs);
    const way = layout.hop1(serverOfClient(trace, row.client, nowUs), index);
    const text = labelText(link, layout.upright);
    const taken = labels.map(({ box }) => box);
    const place = labelPlace(text, way, labelShare(layout), taken);
    labels.push({ client: row.client, name: row.name, link, ...place });
  });
  return labels;
}

/** Where words beside packets may not stand, besides the cards and the links' labels. */
function hintBox({ source, upright, hop2 }: StageLayout): Box {
  const { x, y, width, height } = source;
  if (!upright) return { x, y: y + height, width, height: 26 };
  return hop2.length > 0
    ? { x: x + width + 12, y: y + height / 2, width: 84, height: 24 }
    : { x, y: y + height, width: SHORT_HINT, height: 26 };
}

/** On a narrow screen the links to the nodes leave the card below, at its middle. */
const SHORT_HINT = 30;

/** Says that the source can be typed into, where there is room beside its card. */
function TypeHint({ layout, effect }: { layout: StageLayout; effect: string }) {
  const { x, y, width, height } = hintBox(layout);
  const short = layout.upright && layout.hop2.length === 0;
  return (
    <label
      className={touchStyles.typeHint}
      htmlFor={TYPE_FIELD}
      style={{ left: x, top: y + 2, height: height - 2, ...(layout.upright ? {} : { width }) }}
      title={effect}
    >
      type{short ? <span className={styles.hidden}> yourself</span> : ' yourself'}
    </label>
  );
}
