import { useState } from 'react';
import { CloseIcon } from '../play/parts/icons.tsx';
import { readNumber } from '../play/parts/scales.ts';
import type { ChangeItem, CompareActions, VariantItem } from './model.ts';
import styles from './variants.module.css';

interface Props {
  variant: VariantItem;
  index: number;
  change: ChangeItem;
  actions: CompareActions;
}

/** One change of a variant: its place in words, the control that the place asks for, and the way to take it back. */
export function ChangeRow({ variant, index, change, actions }: Props) {
  const { title, path, about } = change;
  const name = `${title} of ${variant.letter}`;
  return (
    <li className={styles.change}>
      <span className={styles.place} title={`${path}: ${about}`}>
        {title}
      </span>
      <Control {...{ variant, index, change, actions, name }} />
      <button
        type="button"
        className={styles.small}
        aria-label={`Take back: ${name}`}
        title="Take this change back"
        onClick={() => actions.removeChange(variant.id, index)}
      >
        <CloseIcon />
      </button>
    </li>
  );
}

function Control({ variant, index, change, actions, name }: Props & { name: string }) {
  const { control, value } = change;
  const edit = (next: unknown) => actions.editChange(variant.id, index, next);
  const pick = (next: unknown) => actions.pickChange(variant.id, index, next);
  if (control.type === 'flag')
    return (
      <input
        type="checkbox"
        aria-label={name}
        checked={value === true}
        onChange={(event) => pick(event.currentTarget.checked)}
      />
    );
  if (control.type === 'choice')
    return (
      <select aria-label={name} value={String(value)} onChange={(event) => pick(event.currentTarget.value)}>
        {control.values.map((one) => (
          <option key={one} value={one}>
            {change.titles[one] ?? one}
          </option>
        ))}
      </select>
    );
  if (control.type === 'text')
    return (
      <TextField
        name={name}
        text={change.text}
        onEnter={(text) => actions.editText(variant.id, index, text)}
        wide
      />
    );
  const { unit, orNull } = control;
  const text = value === null ? 'off' : `${value}${unit === '' ? '' : ` ${unit}`}`;
  return (
    <TextField
      name={name}
      text={text}
      onEnter={(given) => {
        const off = orNull !== null && /^\s*(off|none|null|)\s*$/i.test(given);
        const number = off ? null : readNumber(given, new RegExp(`^(${unit})?$`, 'i'));
        return number === undefined ? `expected a number${unit === '' ? '' : ` (${unit})`}` : edit(number);
      }}
    />
  );
}

interface TextFieldProps {
  name: string;
  text: string;
  /** @returns what is wrong, or null */
  onEnter(text: string): string | null;
  wide?: boolean;
}

/** A value that can be typed over; what is wrong with it is said below. */
function TextField({ name, text, onEnter, wide = false }: TextFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const finish = () => {
    const wrong = draft === null || draft === text ? null : onEnter(draft);
    setProblem(wrong);
    if (wrong === null) setDraft(null);
  };
  return (
    <>
      <input
        className={styles.value}
        data-wide={wide}
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={name}
        aria-invalid={problem !== null}
        value={draft ?? text}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setProblem(null);
          setDraft(event.currentTarget.value);
        }}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === 'Enter') finish();
          if (event.key !== 'Escape') return;
          setProblem(null);
          setDraft(null);
        }}
      />
      {problem !== null && (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      )}
    </>
  );
}
