import { useId, useState } from 'react';
import type { TraceHeader } from '../../trace/trace.ts';
import { count } from '../readout/units.ts';
import { transportColor } from '../theme/colors.ts';
import { clientName } from './pairs.ts';
import { peerPairs, peersName } from './peers.ts';
import styles from './toolbar.module.css';

interface Props {
  header: TraceHeader;
  hosts: readonly number[] | null;
  clients: readonly number[];
  most: number;
  onHosts(hosts: number[] | null): void;
}

/** More names than this nobody looks through; the others are reached by selecting them on the stage. */
const MOST_NAMES = 60;

/** Whose lifelines are shown: a button with their names, and a list to choose from. */
export function HostChooser({ header, hosts, clients, most, onHosts }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const shown = clients.slice(0, most);
  const names = shown.map((client) => clientName(header, client)).join(', ');
  const left = clients.length - shown.length;
  // Hop 2 stands before the clients, as an update passes it.
  const order = (pair: number) => (pair < header.clients.length ? 1 : 0);
  const toggle = (client: number) => {
    const next = clients.includes(client) ? clients.filter((one) => one !== client) : [...clients, client];
    if (next.length > 0) onHosts(next.sort((a, b) => order(a) - order(b) || a - b));
  };
  const listed = header.clients.slice(0, MOST_NAMES);
  return (
    <fieldset
      className={styles.chooser}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        setOpen(false);
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <legend className={styles.hidden}>Lifelines</legend>
      <button
        type="button"
        className={styles.chooserButton}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span className={styles.name}>{names}</span>
        {left > 0 ? ` +${left} that do not fit` : ''}
        <span aria-hidden="true"> ▾</span>
      </button>
      {open && (
        <fieldset id={id} className={styles.hosts} tabIndex={-1}>
          <legend className={styles.hidden}>Clients, and links of hop 2</legend>
          <label>
            <input
              type="checkbox"
              checked={hosts === null}
              onChange={() => onHosts(hosts === null ? [...clients] : null)}
            />
            as many as fit well
          </label>
          {listed.map((client, number) => (
            <label key={client.name}>
              <input type="checkbox" checked={clients.includes(number)} onChange={() => toggle(number)} />
              <span className={styles.swatch} style={{ background: transportColor(client.transport) }} />
              {clientName(header, number)}
            </label>
          ))}
          {peerPairs(header)
            .slice(0, MOST_NAMES)
            .map((pair) => (
              <label key={pair}>
                <input type="checkbox" checked={clients.includes(pair)} onChange={() => toggle(pair)} />
                <span className={styles.swatch} style={{ background: transportColor('') }} />
                {peersName(header, pair)}
              </label>
            ))}
          {header.clients.length > listed.length && (
            <p>{`the first ${count(MOST_NAMES)} of ${count(header.clients.length)}; select another on the stage`}</p>
          )}
        </fieldset>
      )}
    </fieldset>
  );
}
