import type { ReactNode } from 'react';
import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { clientOfSelection } from '../reading/client-of.ts';
import { connectedOf } from '../reading/connected.ts';
import { activeFaults, concernsClient } from '../reading/faults.ts';
import { eitherClosed } from '../reading/places.ts';
import { count } from '../readout/units.ts';
import { useColors } from '../theme/colors.ts';
import type { Selection } from '../view.ts';
import { ClientCard } from './cards.tsx';
import type { CastRow } from './cast.ts';
import { type ClientState, clientState, TEXT_LENGTH } from './client-state.ts';
import { earlierText } from './earlier.ts';
import { linkTrouble } from './host-state.ts';
import type { LinkLabel } from './link-labels.tsx';
import { LinkPath } from './links.tsx';
import styles from './stage.module.css';
import type { StageLayout } from './stage-layout.ts';
import type { StageTouch } from './touch.ts';

interface Props {
  trace: Trace;
  header: TraceHeader;
  playhead: { readonly nowUs: number };
  selection: Selection | null;
  onSelect(selection: Selection | null): void;
  layout: StageLayout;
  lingerUs: number;
  touch: StageTouch | null;
  /** What stands in the middle of the links. */
  labels: readonly LinkLabel[];
  /** An earlier run beside this one. */
  ghost: { name: string; trace: Trace } | null;
  /** Client whose link the pointer is over, or -1. */
  hovered: number;
  /** What is pointed at in any view. */
  pointed: Selection | null;
  onPoint(selection: Selection | null): void;
  /** What else is drawn beneath the cards. */
  children: ReactNode;
  /** What is drawn above the links and beneath the cards. */
  between: ReactNode;
}

/**
 * Where along a link its label stands, counted from the server: towards the clients links lie further apart, and behind a
 * proxy that they lead through they are free.
 */
export function labelShare({ dense, proxy, hop1 }: StageLayout): number {
  const share = dense ? 0.64 : 0.5;
  if (proxy === null) return share;
  const [start, end] = [hop1(0, 0).at(0).x, hop1(0, 0).at(1).x];
  const free = (proxy.x + proxy.width - start) / (end - start);
  return Math.min(0.84, free + (1 - free) * share);
}

/** The clients' cards, and under them the links that lead there. */
export function ClientRows(props: Props) {
  const { trace, header, playhead, selection, onSelect, layout, lingerUs, touch, labels } = props;
  const { nowUs } = playhead;
  const pointed = clientOfSelection(trace, props.pointed);
  const { textScale } = useColors();
  const titleOf = ({ transport, name }: CastRow) => {
    const title = header.transports[transport]?.title ?? '';
    return name.includes(title) ? '' : title;
  };
  const spareOf = ({ row, box }: StageLayout['rows'][number]) =>
    roomFor(box.width, titleOf(row) === '' ? row.name : `${row.name} ${titleOf(row)}`, layout, textScale);
  // Where one of a transport has no room for its title, as that is wanted for the text, none of them has it.
  const narrow = new Set(layout.rows.filter((one) => spareOf(one) < 4).map(({ row }) => titleOf(row)));
  const rows = layout.rows.map((one, index) => {
    const { row, box } = one;
    const client = row.kind === 'client' ? row.client : (row.clients[0] ?? 0);
    const via = narrow.has(titleOf(row)) ? '' : titleOf(row);
    const spare = via === '' ? roomFor(box.width, row.name, layout, textScale) : spareOf(one);
    const characters = Math.max(3, spare);
    const state =
      row.kind === 'client'
        ? clientState(trace, header, client, nowUs, characters)
        : restState(trace, row, nowUs, restRoom(box.width, row.name, layout, textScale));
    const fact = factFor(state, row, box.width, layout, textScale);
    const selected = concerns(selection, client) && row.kind === 'client';
    const label = labels.find((one) => one.client === client);
    const earlier =
      row.kind === 'client' ? earlierText(props.ghost?.trace ?? null, trace, header, client, nowUs) : '';
    return { row, box, index, client, state, fact, via, selected, label, earlier };
  });
  return (
    <>
      <svg className={styles.links} aria-hidden="true">
        {props.children}
        {rows.flatMap(({ row, index }) => (row.kind === 'rest' ? restWays(layout, index) : []))}
        {rows.map(({ row, index, client, state, selected, label }) => (
          <LinkPath
            key={index}
            curve={layout.hop1(state.server, index)}
            transport={row.transport}
            open={state.open}
            held={state.held}
            selected={selected}
            off={isOff(trace, header, client, nowUs)}
            hovered={(props.hovered === client || pointed === client) && row.kind === 'client'}
            middle={label?.box.width ?? 0}
            share={label?.share ?? labelShare(layout)}
            {...trouble(trace, client, nowUs, label)}
          />
        ))}
      </svg>
      {props.between}
      {rows.map(({ row, box, index, client, state, fact, via, selected, earlier }) => (
        <ClientCard
          key={index}
          box={box}
          dense={layout.dense}
          name={row.name}
          transport={row.transport}
          via={via}
          text={state.text}
          more={state.more}
          factKind={state.fact.kind}
          fact={fact}
          title={state.fact.text}
          left={Math.ceil(state.fact.left * 60)}
          earlier={earlier}
          earlierName={props.ghost?.name ?? ''}
          fresh={state.deliveredUs >= 0 && nowUs - state.deliveredUs < lingerUs}
          selected={selected}
          pointed={pointed === client && row.kind === 'client'}
          onPoint={(on) => props.onPoint(on && row.kind === 'client' ? { kind: 'client', client } : null)}
          rest={row.kind === 'rest'}
          onClick={(element) => {
            if (touch === null) return onSelect(selected ? null : { kind: 'client', client });
            onSelect({ kind: 'client', client });
            if (row.kind === 'client')
              touch.onOpen({ kind: 'client', client }, element.getBoundingClientRect());
          }}
          onPull={touch !== null && row.kind === 'client' ? () => touch.onPull(client) : null}
          pullEffect={row.kind === 'client' ? (touch?.pullEffect(client) ?? '') : ''}
        />
      ))}
    </>
  );
}

/** A crowd is at every server. */
function restWays(layout: StageLayout, index: number) {
  if (layout.inner(0) !== null || layout.servers.length === 1 || layout.serverForm === 'cell') return [];
  return layout.servers.map(({ server }) => (
    <path key={`${index} ${server}`} className={styles.restWay} d={layout.hop1(server, index).path} />
  ));
}

/** A link whose label says what it is like needs no words beside it; what has been done to it just now, it knows first. */
function trouble(trace: Trace, client: number, nowUs: number, label: LinkLabel | undefined) {
  const { cut, text } = linkTrouble(trace, client, nowUs);
  return label === undefined
    ? { cut, trouble: text }
    : { cut: eitherClosed(label.link.cut, cut), trouble: '' };
}

const isOff = (trace: Trace, header: TraceHeader, client: number, nowUs: number): boolean =>
  activeFaults(trace, nowUs).some((index) => {
    const fault = header.faults[index];
    return fault?.kind === 'client-disconnect' && concernsClient(trace, fault, client);
  });

const concerns = (selection: Selection | null, client: number): boolean =>
  (selection?.kind === 'client' || selection?.kind === 'message') && selection.client === client;

/** Characters that a card has room for beside a name, quotes and an ellipsis with them. */
function roomFor(width: number, name: string, { dense, roomy }: StageLayout, textScale: number): number {
  const [perLetter, perCharacter] = roomy ? [9.4, 9.7] : [7.6, 8];
  const room = width - 44 - (name.length * perLetter + (dense ? 130 : 0)) * textScale;
  return Math.min(TEXT_LENGTH, Math.floor(room / (perCharacter * textScale)) - 3);
}

/**
 * What a line says beside its name and its text: of "open · last 52 ms", and of "trying again in 1.5 s" beside its ring,
 * no more than there is room for, and of what is as usual nothing that would be cut.
 */
function factFor(
  { fact, text }: ClientState,
  row: CastRow,
  width: number,
  { dense }: StageLayout,
  textScale: number,
): string {
  if (!dense || row.kind === 'rest') return fact.text;
  const shown = text === '' ? 0 : text.length + 4;
  const room = (width - (fact.kind === 'wait' ? 66 : 46)) / textScale - row.name.length * 7.4 - shown * 8;
  const less = fact.text.replace(/^.* · |^\S+ (?=\S+ in )/, '');
  const ways = [fact.text, less, less.replace(/^last |^.* (?=in )/, '')];
  const fitting = ways.find(({ length }) => length * 6.6 <= room);
  return fitting ?? (fact.kind === 'plain' ? '' : (ways[2] as string));
}

/** Characters that a crowd's card has room for: beside its name, or below it. */
const restRoom = (width: number, name: string, { dense }: StageLayout, textScale: number): number =>
  (width - 34) / (6.6 * textScale) - (dense ? name.length * 1.15 + 2 : 0);

/** Of a crowd only what can be said of all of them. */
function restState(
  trace: Trace,
  row: CastRow & { kind: 'rest' },
  nowUs: number,
  characters: number,
): ClientState {
  const open = connectedOf(trace).among(row.clients, nowUs);
  const ways = [`${count(open)} connected`, `${count(open)} open`];
  return {
    text: '',
    more: false,
    fact: {
      kind: open > 0 ? 'plain' : 'off',
      text: ways.find(({ length }) => length <= characters) ?? count(open),
      left: 0,
    },
    held: 0,
    open: open > 0,
    server: 0,
    deliveredUs: -1,
  };
}
