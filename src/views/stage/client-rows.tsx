import type { ReactNode } from 'react';
import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { readingOf } from '../reading/reading.ts';
import { count } from '../readout/units.ts';
import type { Selection } from '../view.ts';
import { ClientCard } from './cards.tsx';
import type { CastRow } from './cast.ts';
import { type ClientState, clientState, TEXT_LENGTH } from './client-state.ts';
import { linkTrouble } from './host-state.ts';
import type { StageLayout } from './layout.ts';
import { LinkPath } from './links.tsx';
import styles from './stage.module.css';

interface Props {
  trace: Trace;
  header: TraceHeader;
  playhead: { readonly nowUs: number };
  selection: Selection | null;
  onSelect(selection: Selection | null): void;
  layout: StageLayout;
  lingerUs: number;
  /** What else is drawn beneath the cards. */
  children: ReactNode;
}

/** The clients' cards, and under them the links that lead there. */
export function ClientRows(props: Props) {
  const { trace, header, playhead, selection, onSelect, layout, lingerUs } = props;
  const { nowUs } = playhead;
  const rows = layout.rows.map(({ row, box }, index) => {
    const client = row.kind === 'client' ? row.client : (row.clients[0] ?? 0);
    const title = header.transports[row.transport]?.title ?? '';
    // The transport's title, unless the name says it, or its place is wanted for the text.
    const spare = roomFor(box.width, `${row.name} ${title}`, layout);
    const via = row.name.includes(title) || spare < 4 ? '' : title;
    const characters = Math.max(3, via === '' ? roomFor(box.width, row.name, layout) : spare);
    const state =
      row.kind === 'client'
        ? clientState(trace, header, client, nowUs, characters)
        : restState(trace, row, nowUs);
    const selected = concerns(selection, client) && row.kind === 'client';
    return { row, box, index, client, state, via, selected, trouble: linkTrouble(trace, client, nowUs) };
  });
  return (
    <>
      <svg className={styles.links} aria-hidden="true">
        {props.children}
        {rows.map(({ row, index, state, selected, trouble }) => (
          <LinkPath
            key={index}
            curve={layout.hop1(state.server, index)}
            transport={row.transport}
            open={state.open}
            held={state.held}
            selected={selected}
            down={trouble.down}
            trouble={trouble.text}
          />
        ))}
      </svg>
      {rows.map(({ row, box, index, client, state, via, selected }) => (
        <ClientCard
          key={index}
          box={box}
          dense={layout.dense}
          name={row.kind === 'client' ? row.name : `${count(row.clients.length)} ${row.name}`}
          transport={row.transport}
          via={via}
          text={state.text}
          more={state.more}
          factKind={state.fact.kind}
          fact={state.fact.text}
          left={Math.ceil(state.fact.left * 60)}
          fresh={state.deliveredUs >= 0 && nowUs - state.deliveredUs < lingerUs}
          selected={selected}
          rest={row.kind === 'rest'}
          onClick={() => onSelect(selected ? null : { kind: 'client', client })}
        />
      ))}
    </>
  );
}

const concerns = (selection: Selection | null, client: number): boolean =>
  (selection?.kind === 'client' || selection?.kind === 'message') && selection.client === client;

/** Characters that a card has room for beside a name, quotes and an ellipsis with them. */
function roomFor(width: number, name: string, { dense, roomy }: StageLayout): number {
  const [perLetter, perCharacter] = roomy ? [9.4, 9.7] : [7.6, 8];
  const room = width - 44 - name.length * perLetter - (dense ? 130 : 0);
  return Math.min(TEXT_LENGTH, Math.floor(room / perCharacter) - 3);
}

/** Of a crowd only what can be said of all of them. */
function restState(trace: Trace, row: CastRow & { kind: 'rest' }, nowUs: number): ClientState {
  const { openAt } = readingOf(trace);
  const open = row.clients.filter((client) => openAt('client', client, nowUs) > 0).length;
  return {
    text: '',
    more: false,
    fact: { kind: open > 0 ? 'plain' : 'off', text: `${count(open)} connected`, left: 0 },
    held: 0,
    open: open > 0,
    server: 0,
    deliveredUs: -1,
  };
}
