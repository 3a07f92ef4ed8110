import { useMemo, useState } from 'react';
import type { TraceHeader } from '../../trace/trace.ts';
import { Cell, mayBeCut, Titles } from '../log/cell.tsx';
import { fateOf } from '../log/fate.ts';
import { VirtualGrid } from '../log/virtual-grid.tsx';
import { usePointed } from '../pointing.ts';
import { isPacketOf } from '../reading/lit.ts';
import { packetFace } from '../reading/packet-face.ts';
import { readingOf } from '../reading/reading.ts';
import { clock, duration, count as figure, plural, seconds } from '../readout/units.ts';
import { useColors } from '../theme/colors.ts';
import { UNHURRIED, useFrame } from '../use-frame.ts';
import { useSize } from '../use-size.ts';
import type { ViewProps } from '../view.ts';
import { PacketDetails } from './details.tsx';
import { endsOf } from './ends.ts';
import { PacketFilters } from './filters.tsx';
import { type PacketFilter, packetFacts, packetModel } from './model.ts';
import styles from './packets.module.css';

export interface PacketsProps extends ViewProps {
  /** A packet was chosen: go to the moment it was sent, µs. Left out: choosing does not move the playhead. */
  onSeek?(us: number): void;
}

const DETAILS = 328;
/** From here on the details stand beside the table. */
const BESIDE = 720;
/** Narrower than this, a packet takes two lines. */
const ONE_LINE = 700;

/** The packets that were sent up to now, with their header fields. Fills its box. */
export function Packets(props: PacketsProps) {
  const [ref, size] = useSize<HTMLElement>();
  const { header } = props.trace;
  return (
    <figure ref={ref} className={styles.packets} aria-label="Packets">
      {header && size && <PacketsAt {...props} header={header} width={size.width} />}
    </figure>
  );
}

function PacketsAt(props: PacketsProps & { header: TraceHeader; width: number }) {
  const { trace, playhead, header, width, selection, onSelect } = props;
  useFrame(playhead, UNHURRIED, 4);
  const [filter, setFilter] = useState<PacketFilter>({ show: 'all', client: null });
  const [follows, setFollows] = useState(true);
  const model = useMemo(() => packetModel(trace, filter), [trace, filter]);
  const pointed = usePointed(props.pointing);
  const { textScale } = useColors();
  const { nowUs } = playhead;
  const { flights } = readingOf(trace);
  const shown = model.at(nowUs);
  const chosen = selection?.kind === 'packet' ? trace.table('packet.sent').rowOfSeq(selection.seq) : -1;
  // A packet that is yet to be sent is not there, even if it is still selected.
  const details = chosen >= 0 && trace.table('packet.sent').atUs(chosen) <= nowUs;
  const beside = width >= BESIDE;
  const listWidth = details && beside ? width - DETAILS : width;
  const narrow = listWidth < ONE_LINE;
  const widths = columnsIn(listWidth);
  return (
    <>
      <figcaption className={styles.hidden}>
        Up to {seconds(nowUs)}: {plural(shown.count, 'packet')}
        {filter.show === 'all' ? '' : ` (${filter.show})`}
      </figcaption>
      <PacketFilters header={header} filter={filter} onFilter={setFilter} count={shown.count} />
      <div className={styles.panes} data-beside={beside}>
        <div className={styles.list} data-narrow={narrow}>
          <VirtualGrid
            label="Packets"
            count={shown.count}
            rowHeight={narrow ? 48 : 28}
            headHeight={narrow ? 0 : 28}
            columns={narrow ? 'auto minmax(0, 1fr) auto' : COLUMNS}
            head={<Titles titles={TITLES} />}
            row={(index) => {
              const row = shown.row(index);
              return {
                chosen: isPacketOf(trace, row, selection),
                pointed: isPacketOf(trace, row, pointed),
                ...packetRow(props, row, nowUs, narrow ? [] : widths, textScale),
              };
            }}
            rowClass={styles.row}
            follow={follows ? 'end' : null}
            onFollow={setFollows}
            onActive={(index) =>
              props.pointing?.point(
                index === null ? null : { kind: 'packet', seq: packetFacts(trace, shown.row(index)).seq },
              )
            }
            onChoose={(index) => {
              const row = shown.row(index);
              const { seq, atUs } = packetFacts(trace, row);
              const again = seq === chosenSeq(selection);
              onSelect(again ? null : { kind: 'packet', seq });
              // A loss is looked at where it was lost: when it was sent, nobody knew of it.
              if (!again) props.onSeek?.(filter.show === 'lost' ? flights.endUs(row) : atUs);
            }}
          />
          {shown.count === 0 && <Empty filter={filter} />}
          {!follows && (
            <button type="button" className={styles.back} onClick={() => setFollows(true)}>
              ↓ back to now
            </button>
          )}
        </div>
        {details && (
          <PacketDetails
            trace={trace}
            header={header}
            row={chosen}
            nowUs={nowUs}
            selection={selection}
            onSelect={onSelect}
          />
        )}
      </div>
    </>
  );
}

const COLUMNS =
  '84px minmax(104px, 1fr) minmax(120px, 1.2fr) 62px minmax(52px, 68px) minmax(52px, 68px) 46px 46px minmax(104px, 132px)';
/** What the columns, the gaps and the margins take at least. */
const LEAST = 782;

/** How wide the columns are at least in a table of so many px: the first room to spare goes to figures and fates. */
const columnsIn = (width: number): number[] => {
  const spare = Math.max(0, (width - LEAST) / 3);
  const number = 52 + Math.min(16, spare);
  return [84, 104, 120, 62, number, number, 46, 46, 104 + Math.min(28, spare)];
};
const TITLES = ['time', 'from → to', 'what', 'flags', 'seq', 'ack', 'data B', 'all B', 'fate'];

const chosenSeq = (selection: PacketsProps['selection']): number =>
  selection?.kind === 'packet' ? selection.seq : -1;

/** The cells of a packet, in the order of the titles. @param widths of the columns, px; left out: unknown */
function packetRow(
  { trace }: PacketsProps,
  row: number,
  nowUs: number,
  widths: readonly number[],
  textScale: number,
) {
  const header = trace.header as TraceHeader;
  const packet = packetFacts(trace, row);
  const { label } = packetFace(trace, row);
  const { from, to } = endsOf(trace, header, packet);
  const fate = fateOf(trace, row, nowUs);
  const mark = fate.kind === 'lost' ? 'loss' : packet.why !== '' ? 'again' : '';
  const words =
    fate.kind === 'lost'
      ? `✕ ${fate.reason && fate.reason !== 'loss' ? fate.reason : 'lost'}`
      : fate.kind === 'arrived'
        ? `arrived, ${duration(fate.tookUs)}`
        : 'under way';
  const tcp = (value: number) => (packet.udp ? '–' : figure(value));
  const cells: [string, string][] = [
    [clock(packet.atUs), styles.time ?? ''],
    [wayWords(header, packet.down, from, to), styles.way ?? ''],
    [`${packet.why ? '↻ ' : ''}${label}`, styles.what ?? ''],
    [packet.flags, styles.flags ?? ''],
    [tcp(packet.seqNo), styles.number ?? ''],
    [packet.ackNo > 0 ? tcp(packet.ackNo) : '–', styles.number ?? ''],
    [figure(packet.dataBytes), styles.number ?? ''],
    [figure(packet.bytes), styles.bytes ?? ''],
    [words, styles.fate ?? ''],
  ];
  return {
    mark,
    cells: cells.map(([text, className], index) => {
      const long = mayBeCut(text, widths[index] ?? 0, textScale);
      return (
        <Cell key={TITLES[index]} className={className} title={long ? text : undefined} long={long}>
          {text}
        </Cell>
      );
    }),
  };
}

/** With a single server, which way it goes is enough. */
function wayWords(header: TraceHeader, down: boolean, from: string, to: string): string {
  if (header.servers.length > 1) return `${from} → ${to}`;
  return down ? `→ ${to}` : `${from} →`;
}

function Empty({ filter }: { filter: PacketFilter }) {
  const words =
    filter.show === 'lost'
      ? 'No packet has been lost so far.'
      : filter.show === 'sent again'
        ? 'No packet had to be sent again so far.'
        : 'No packet has been sent yet.';
  return <p className={styles.empty}>{words}</p>;
}
