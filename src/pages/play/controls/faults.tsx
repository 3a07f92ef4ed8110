import { useState } from 'react';
import type { TraceHeader } from '../../../trace/header.ts';
import type { FaultItem, FaultOffer, PlayProps } from '../model.ts';
import { CloseIcon, EditIcon } from '../parts/icons.tsx';
import { Section } from '../parts/section.tsx';
import { effectOf } from '../touch/effects.ts';
import { LazyFaultFields, LazyPlaceMenu } from '../touch/lazy.ts';
import { drain, hopOffers, newServer } from '../touch/offers.ts';
import styles from './controls.module.css';

/** What can be done to a run at the press of a button. `aim`: whom it hits. */
const OFFERS: readonly { kind: FaultOffer['kind']; label: string; aim: 'clients' | 'nobody' }[] = [
  { kind: 'loss-burst', label: 'Lose 30 % for 1 s', aim: 'clients' },
  { kind: 'packet-drop', label: 'Drop the next data packet', aim: 'clients' },
  { kind: 'link-down', label: 'Cut the link for 2 s', aim: 'clients' },
  { kind: 'client-disconnect', label: 'Take off the network for 5 s', aim: 'clients' },
  { kind: 'client-sleep', label: 'Put the tab to sleep for 5 s', aim: 'clients' },
  { kind: 'network-switch', label: 'Switch from Wi-Fi to cellular', aim: 'clients' },
  { kind: 'server-crash', label: 'Crash the server for 2 s', aim: 'nobody' },
  { kind: 'server-pause', label: 'Pause the server for 2 s', aim: 'nobody' },
  { kind: 'dns-down', label: 'Take DNS down for 5 s', aim: 'nobody' },
];

/** Those that stand without being asked for. */
const FIRST: readonly FaultOffer['kind'][] = ['loss-burst', 'link-down', 'server-crash', 'broker-crash'];

type Props = Pick<PlayProps, 'scenario' | 'trace' | 'placing' | 'actions'>;

/** What goes wrong and when; more of it can be added where the playhead stands, or anywhere on the timeline. */
export function Faults({ scenario, trace, placing, actions }: Props) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [edited, setEdited] = useState<number | null>(null);
  const [menu, setMenu] = useState<DOMRect | null>(null);
  const target = scenario.groups.some((group) => group.name === chosen) ? chosen : null;
  const { first, rest } = offersOf(trace.header, target);
  const button = (offer: FaultOffer) => (
    <button
      key={offer.label}
      type="button"
      className={styles.add}
      title={effectOf(offer, trace.header)}
      onClick={() => actions.addFault(offer)}
    >
      {offer.label}
    </button>
  );
  return (
    <Section title="Faults">
      {scenario.faults.length > 0 && (
        <ul className={styles.faults}>
          {scenario.faults.map((fault) => (
            <Fault
              key={fault.index}
              fault={fault}
              edited={edited === fault.index}
              onEdit={() => setEdited(edited === fault.index ? null : fault.index)}
              trace={trace}
              actions={actions}
            />
          ))}
        </ul>
      )}
      <div className={styles.row}>
        <label htmlFor="play-fault-target">Add now, to</label>
        <select
          id="play-fault-target"
          value={target ?? ''}
          onChange={(event) => setChosen(event.currentTarget.value || null)}
        >
          <option value="">all clients</option>
          {scenario.groups.map((group) => (
            <option key={group.name} value={group.name}>
              {group.title}
            </option>
          ))}
        </select>
      </div>
      <div className={styles.chips}>{first.map(button)}</div>
      <details className={styles.more}>
        <summary>{rest.length} more faults</summary>
        <div className={styles.chips}>{rest.map(button)}</div>
      </details>
      {placing === null ? (
        <button
          type="button"
          className={styles.place}
          aria-haspopup="dialog"
          onPointerEnter={() => LazyPlaceMenu.prepare()}
          onClick={(event) => setMenu(event.currentTarget.getBoundingClientRect())}
        >
          + put a fault on the timeline
        </button>
      ) : (
        <p className={styles.note}>
          {placing.label}: click or drag on the timeline where it goes, or move the playhead and press Enter.{' '}
          <button type="button" className={styles.small} onClick={() => actions.place(null)}>
            Let go of it <kbd>Esc</kbd>
          </button>
        </p>
      )}
      {menu !== null && (
        <LazyPlaceMenu.View {...{ trace, target, actions }} anchor={menu} onClose={() => setMenu(null)} />
      )}
    </Section>
  );
}

/** All faults that there are buttons for: those that one tries first, and the others. */
function offersOf(header: TraceHeader | null, target: string | null) {
  const all = [
    ...OFFERS.map((offer) => aimed(offer, target)),
    ...hopOffers(header, ' for 2 s'),
    drain(header),
    ...newServer(header),
  ];
  const isFirst = ({ kind }: FaultOffer) => FIRST.includes(kind);
  return { first: all.filter(isFirst), rest: all.filter((offer) => !isFirst(offer)) };
}

const aimed = ({ kind, label, aim }: (typeof OFFERS)[number], target: string | null): FaultOffer => ({
  kind,
  label,
  target: aim === 'clients' ? target : null,
});

interface FaultProps extends Pick<PlayProps, 'trace' | 'actions'> {
  fault: FaultItem;
  edited: boolean;
  onEdit(): void;
}

function Fault({ fault, edited, onEdit, trace, actions }: FaultProps) {
  const { index, title } = fault;
  return (
    <li>
      <div className={styles.fault}>
        <span>{title}</span>
        <button
          type="button"
          className={styles.when}
          title="Go there"
          onClick={() => actions.seek(fault.atMs * 1000)}
        >
          {when(fault)}
        </button>
        <button
          type="button"
          className={styles.icon}
          aria-label={`Edit: ${title}`}
          aria-expanded={edited}
          onClick={onEdit}
        >
          <EditIcon />
        </button>
        <button
          type="button"
          className={styles.icon}
          aria-label={`Delete: ${title}`}
          onClick={() => actions.removeFault(index)}
        >
          <CloseIcon />
        </button>
      </div>
      {edited && <LazyFaultFields.View fault={fault} trace={trace} actions={actions} />}
    </li>
  );
}

/** `8.0 s`, `12.0–13.0 s`, `from 4.2 s`. */
function when({ atMs, forMs, hasLength }: FaultItem): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(ms % 100 === 0 ? 1 : 2);
  if (!hasLength) return `${seconds(atMs)} s`;
  return forMs === null ? `from ${seconds(atMs)} s` : `${seconds(atMs)}–${seconds(atMs + forMs)} s`;
}
