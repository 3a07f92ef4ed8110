import type { FaultChange, FaultItem, PlayProps } from '../model.ts';
import { Entry, NumberEntry } from '../parts/entry.tsx';
import { effectOf } from './effects.ts';
import styles from './touch.module.css';

const LATEST_S = 7200;
const exact = (seconds: number) => Math.round(seconds * 1e6) / 1000;

interface EditorProps extends Pick<PlayProps, 'trace' | 'actions'> {
  fault: FaultItem;
  onDeleted?(): void;
}

/** Everything of a fault that is a number or a word, what it does, and how to get rid of it. */
export function FaultEditor({ fault, trace, actions, onDeleted }: EditorProps) {
  const { index, title } = fault;
  return (
    <div className={styles.editor}>
      <h2 className={styles.menuTitle}>{title}</h2>
      <p className={styles.menuNote}>{effectOf({ ...fault, label: title }, trace.header)}</p>
      <Times fault={fault} onChange={(change) => actions.changeFault(index, change)} />
      <Numbers fault={fault} onChange={(change) => actions.changeFault(index, change)} />
      <button
        type="button"
        className={styles.delete}
        onClick={() => {
          actions.removeFault(index);
          onDeleted?.();
        }}
      >
        Delete it <kbd>Del</kbd>
      </button>
    </div>
  );
}

interface PartProps {
  fault: FaultItem;
  onChange(change: FaultChange): void;
}

/** The same as it stands in a list that has its name and a way to delete it. */
export function FaultFields({ fault, actions }: EditorProps) {
  const change = (next: FaultChange) => actions.changeFault(fault.index, next);
  return (
    <div className={styles.editor}>
      <Times fault={fault} onChange={change} />
      <Numbers fault={fault} onChange={change} />
    </div>
  );
}

/** When it begins, and how long it lasts. */
function Times({ fault, onChange }: PartProps) {
  const { title, atMs, forMs } = fault;
  return (
    <>
      <div className={styles.menuRow}>
        <span>at</span>
        <NumberEntry
          label={`${title}: begins at, seconds`}
          value={atMs / 1000}
          min={0}
          max={LATEST_S}
          unit="s"
          width={11}
          onChange={(value) => onChange({ atMs: exact(value) })}
        />
      </div>
      {fault.hasLength && (
        <div className={styles.menuRow}>
          <span>for</span>
          {forMs === null ? (
            <button type="button" className={styles.small} onClick={() => onChange({ forMs: 2000 })}>
              the rest of the run
            </button>
          ) : (
            <>
              <button type="button" className={styles.small} onClick={() => onChange({ forMs: null })}>
                to the end
              </button>
              <NumberEntry
                label={`${title}: lasts, seconds`}
                value={forMs / 1000}
                min={0.001}
                max={LATEST_S}
                unit="s"
                width={9}
                onChange={(value) => onChange({ forMs: exact(value) })}
              />
            </>
          )}
        </div>
      )}
    </>
  );
}

/** What belongs to its kind: a loss, a delay, which packet, which way, what is typed. */
function Numbers({ fault, onChange }: PartProps) {
  const { title, kind, set = {} } = fault;
  const isPacket = kind.startsWith('packet-');
  return (
    <>
      {kind === 'link-change' && set.rttMs !== undefined && (
        <Row name="round trip">
          <NumberEntry
            label={`${title}: round trip, ms`}
            value={set.rttMs}
            min={0}
            max={60_000}
            unit="ms"
            width={9}
            onChange={(rttMs) => onChange({ set: { rttMs } })}
          />
        </Row>
      )}
      {kind === 'link-change' && set.lossPct !== undefined && (
        <Row name="loss">
          <NumberEntry
            label={`${title}: loss, per cent`}
            value={set.lossPct}
            min={0}
            max={100}
            unit="%"
            onChange={(lossPct) => onChange({ set: { lossPct } })}
          />
        </Row>
      )}
      {isPacket && fault.between !== undefined && <Sender fault={fault} onChange={onChange} />}
      {(kind === 'link-down' || (isPacket && fault.between === undefined)) && (
        <Way fault={fault} onChange={onChange} />
      )}
      {kind === 'partition' && <PartedWay fault={fault} onChange={onChange} />}
      {kind === 'clock-skew' && (
        <Row name="ahead by">
          <NumberEntry
            label={`${title}: ahead by, ms`}
            value={fault.byMs ?? 0}
            min={-3_600_000}
            max={3_600_000}
            unit="ms"
            width={9}
            onChange={(byMs) => onChange({ byMs })}
          />
        </Row>
      )}
      {kind === 'server-drain' && (
        <Row name="told within">
          <NumberEntry
            label={`${title}: clients are told within, seconds`}
            value={(fault.spreadMs ?? 5000) / 1000}
            min={0}
            max={3600}
            unit="s"
            width={9}
            onChange={(value) => onChange({ spreadMs: exact(value) })}
          />
        </Row>
      )}
      {isPacket && (
        <Row name={fault.packet === 'any' ? 'packet no.' : 'match no.'}>
          <NumberEntry
            label={`${title}: which one, counted from then on`}
            value={fault.nth ?? 1}
            min={1}
            max={1_000_000}
            integer
            onChange={(nth) => onChange({ nth })}
          />
        </Row>
      )}
      {kind === 'packet-delay' && (
        <Row name="late by">
          <NumberEntry
            label={`${title}: late by, ms`}
            value={fault.byMs ?? 0}
            min={0}
            max={600_000}
            unit="ms"
            width={9}
            onChange={(byMs) => onChange({ byMs })}
          />
        </Row>
      )}
      {kind === 'publish' && (
        <Row name="types">
          <Entry
            label={`${title}: what is typed`}
            text={fault.text ?? ''}
            expects="at least one character"
            onEnter={(text) => {
              if (text === '' || text.length > 1000) return false;
              onChange({ text });
              return true;
            }}
          />
        </Row>
      )}
    </>
  );
}

function Way({ fault, onChange }: PartProps) {
  const both = fault.kind === 'link-down';
  return (
    <Row name="way">
      <select
        aria-label={`${fault.title}: which way`}
        value={fault.direction ?? (both ? 'both' : 'down')}
        onChange={(event) => onChange({ direction: event.currentTarget.value as 'both' | 'up' | 'down' })}
      >
        {both && <option value="both">both</option>}
        <option value="up">up, to the server</option>
        <option value="down">down, to the client</option>
      </select>
    </Row>
  );
}

/** Whence a packet of hop 2 goes whither. */
function Sender({ fault, onChange }: PartProps) {
  const { between = [] } = fault;
  const ways = [between, between.toReversed()].toSorted();
  return (
    <Row name="way">
      <select
        aria-label={`${fault.title}: which way`}
        value={between.join()}
        onChange={({ currentTarget: { value } }) => onChange({ between: value.split(',') })}
      >
        {ways.map((way) => (
          <option key={way.join()} value={way.join()}>
            {way.join(' to ')}
          </option>
        ))}
      </select>
    </Row>
  );
}

function PartedWay({ fault, onChange }: PartProps) {
  const [a = '', b = ''] = fault.between ?? [];
  return (
    <Row name="way">
      <select
        aria-label={`${fault.title}: which way`}
        value={fault.direction ?? 'both'}
        onChange={(event) => onChange({ direction: event.currentTarget.value as 'both' | 'forth' | 'back' })}
      >
        <option value="both">both</option>
        <option value="forth">
          {a} to {b}
        </option>
        <option value="back">
          {b} to {a}
        </option>
      </select>
    </Row>
  );
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={styles.menuRow}>
      <span>{name}</span>
      {children}
    </div>
  );
}
