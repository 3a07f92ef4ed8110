import { useState } from 'react';
import type { FaultItem, FaultOffer, PlayActions, ScenarioModel } from '../model.ts';
import { NumberEntry } from '../parts/entry.tsx';
import { CloseIcon, EditIcon } from '../parts/icons.tsx';
import { Section } from '../parts/section.tsx';
import styles from './controls.module.css';

/** What can go wrong at the press of a button. `aim`: whom it hits. */
const OFFERS: readonly { kind: FaultOffer['kind']; label: string; aim: 'clients' | 'server' | 'nobody' }[] = [
  { kind: 'loss-burst', label: 'Lose 30 % for 1 s', aim: 'clients' },
  { kind: 'packet-drop', label: 'Drop next data packet', aim: 'clients' },
  { kind: 'link-down', label: 'Cut the link for 2 s', aim: 'clients' },
  { kind: 'client-disconnect', label: 'Disconnect', aim: 'clients' },
  { kind: 'server-crash', label: 'Crash the server for 2 s', aim: 'server' },
  { kind: 'dns-down', label: 'DNS down for 5 s', aim: 'nobody' },
];

const LATEST_S = 7200;

/** What goes wrong and when; more of it can be added where the playhead stands. */
export function Faults({ scenario, actions }: { scenario: ScenarioModel; actions: PlayActions }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [edited, setEdited] = useState<number | null>(null);
  const target = scenario.groups.some((group) => group.name === chosen) ? chosen : null;
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
      <div className={styles.chips}>
        {OFFERS.map(({ kind, label, aim }) => (
          <button
            key={kind}
            type="button"
            className={styles.add}
            onClick={() => actions.addFault({ kind, label, target: aim === 'clients' ? target : null })}
          >
            {label}
          </button>
        ))}
      </div>
    </Section>
  );
}

interface FaultProps {
  fault: FaultItem;
  edited: boolean;
  onEdit(): void;
  actions: PlayActions;
}

function Fault({ fault, edited, onEdit, actions }: FaultProps) {
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
      {edited && <FaultTimes fault={fault} actions={actions} />}
    </li>
  );
}

function FaultTimes({ fault, actions }: { fault: FaultItem; actions: PlayActions }) {
  const { index, title, atMs, forMs } = fault;
  return (
    <div className={styles.times}>
      <span>at</span>
      <NumberEntry
        label={`${title}: begins at, seconds`}
        value={atMs / 1000}
        min={0}
        max={LATEST_S}
        unit="s"
        width={9}
        onChange={(value) => actions.retimeFault(index, { atMs: Math.round(value * 1e6) / 1000 })}
      />
      {fault.hasLength && (
        <>
          <span>for</span>
          {forMs === null ? (
            <button
              type="button"
              className={styles.small}
              onClick={() => actions.retimeFault(index, { forMs: 2000 })}
            >
              the rest of the run
            </button>
          ) : (
            <>
              <NumberEntry
                label={`${title}: lasts, seconds`}
                value={forMs / 1000}
                min={0.001}
                max={LATEST_S}
                unit="s"
                width={8}
                onChange={(value) => actions.retimeFault(index, { forMs: Math.round(value * 1e6) / 1000 })}
              />
              <button
                type="button"
                className={styles.small}
                onClick={() => actions.retimeFault(index, { forMs: null })}
              >
                to the end
              </button>
            </>
          )}
        </>
      )}
    </div>
  );
}

/** `8.0 s`, `12.0–13.0 s`, `from 4.2 s`. */
function when({ atMs, forMs, hasLength }: FaultItem): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(ms % 100 === 0 ? 1 : 2);
  if (!hasLength) return `${seconds(atMs)} s`;
  return forMs === null ? `from ${seconds(atMs)} s` : `${seconds(atMs)}–${seconds(atMs + forMs)} s`;
}
