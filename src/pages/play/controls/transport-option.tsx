import { capital } from '../../../trace/names.ts';
import type { OptionModel } from '../model.ts';
import { Entry, NumberEntry } from '../parts/entry.tsx';
import { readNumber } from '../parts/scales.ts';
import styles from './controls.module.css';
import { nameOf, needWords } from './option-names.ts';

interface TransportOptionProps {
  /** The group it belongs to. */
  of: string;
  option: OptionModel;
  onChange(value: number | string | boolean | null): void;
}

/** One option of a transport, with the control that its declaration asks for. */
export function TransportOption({ of, option, onChange }: TransportOptionProps) {
  const prefix = option.place === 'reconnect' ? 'reconnect ' : '';
  const name = capital(nameOf(prefix + option.key));
  const control = <Control label={`${name} of ${of}`} option={option} onChange={onChange} />;
  // All of the row switches a flag: a checkbox alone is a small thing to hit.
  const Row = option.control.type === 'flag' ? 'label' : 'div';
  return (
    <Row className={styles.row} title={option.about}>
      <span>
        {name}
        {option.missing !== '' && (
          <small className={styles.idle}>no effect: needs {needWords(option.missing)}</small>
        )}
      </span>
      {control}
    </Row>
  );
}

interface ControlProps {
  label: string;
  option: OptionModel;
  onChange: TransportOptionProps['onChange'];
}

function Control({ label, option: { control, value }, onChange }: ControlProps) {
  if (control.type === 'flag') {
    return (
      <input
        type="checkbox"
        aria-label={label}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (control.type === 'choice') {
    return (
      <select
        aria-label={label}
        value={String(value)}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {control.values.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    );
  }
  const { min, max, integer, unit, orNull } = control;
  if (orNull === null) {
    return (
      <NumberEntry
        label={label}
        value={Number(value)}
        min={min}
        max={max}
        integer={integer}
        unit={unit}
        width={10}
        onChange={onChange}
      />
    );
  }
  return (
    <Entry
      label={label}
      text={value === null ? 'off' : `${value} ${unit}`}
      width={10}
      expects={`a number from ${min} to ${max}, or off: ${orNull}`}
      onEnter={(text) => {
        const number = /^\s*(off|none|)\s*$/i.test(text)
          ? null
          : readNumber(text, new RegExp(`^${unit}$`, 'i'));
        if (number === undefined || (number !== null && !(number >= min && number <= max))) return false;
        if (integer && number !== null && !Number.isInteger(number)) return false;
        onChange(number);
        return true;
      }}
    />
  );
}
