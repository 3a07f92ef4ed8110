import { useId, useState } from 'react';
import styles from './parts.module.css';

interface EntryProps {
  label: string;
  /** What is shown as long as nobody types. */
  text: string;
  /** Takes over what was typed; false: it is not understood or out of bounds. */
  onEnter(text: string): boolean;
  /** What is expected, said when it is not. */
  expects: string;
  warn?: boolean;
  /** Characters that it has room for at least; a longer text gets what it needs. */
  width?: number;
}

/** A value that can be read at rest and typed over: Enter or leaving takes it over, Escape leaves it as it was. */
export function Entry({ label, text, onEnter, expects, warn = false, width = 10 }: EntryProps) {
  const [draft, setDraft] = useState<string | null>(null);
  /** What was not taken, as it was typed. */
  const [refused, setRefused] = useState<string | null>(null);
  const id = useId();

  const finish = () => {
    if (draft !== null && draft !== text && !onEnter(draft)) {
      setRefused(draft);
      return;
    }
    setDraft(null);
  };

  const input = (
    <input
      className={styles.entry}
      style={{ width: `${Math.max(width, text.length + 2)}ch` }}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      aria-label={label}
      aria-invalid={refused !== null && draft !== null}
      aria-describedby={refused === null ? undefined : id}
      data-warn={warn}
      // Nothing is being typed: undo is not the field's own.
      data-resting={draft === null}
      value={draft ?? text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        setRefused(null);
        setDraft(event.currentTarget.value);
      }}
      onBlur={() => {
        finish();
        setDraft(null); // what was not understood does not stay when nobody is there to mend it
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        if (event.key === 'Escape') {
          setRefused(null);
          setDraft(null);
        }
      }}
    />
  );
  return (
    <span className={styles.entryBox}>
      {input}
      {refused !== null && (
        <span key={refused} ref={reveal} id={id} role="alert" className={styles.refusal}>
          “{refused.trim().slice(0, 20)}”: expected {expects}
        </span>
      )}
    </span>
  );
}

/** In a panel that scrolls, what is below the last line may be out of sight. */
const reveal = (note: HTMLElement | null) => note?.scrollIntoView({ block: 'nearest' });

interface NumberEntryProps {
  label: string;
  value: number;
  min: number;
  max: number;
  integer?: boolean;
  unit?: string;
  width?: number;
  onChange(value: number): void;
}

/** An {@link Entry} for a plain number with a unit. */
export function NumberEntry({
  label,
  value,
  min,
  max,
  integer = false,
  unit = '',
  width = 7,
  onChange,
}: NumberEntryProps) {
  const text = `${Number(value.toFixed(3))}${unit === '' ? '' : ` ${unit}`}`;
  return (
    <Entry
      label={label}
      text={text}
      // Its padding takes less than two characters.
      width={Math.max(width, text.length + 2)}
      expects={`${integer ? 'a whole number' : 'a number'} from ${min} to ${max}`}
      onEnter={(text) => {
        const number = Number.parseFloat(text.replace(',', '.'));
        if (!(number >= min && number <= max) || (integer && !Number.isInteger(number))) return false;
        onChange(number);
        return true;
      }}
    />
  );
}
