import { useId } from 'react';
import { Entry } from './entry.tsx';
import styles from './parts.module.css';
import { nearestStop, type Scale, within } from './scales.ts';

interface SliderProps {
  label: string;
  scale: Scale;
  value: number | null;
  /** Written instead of the value where one number does not say it. */
  instead: string | null;
  warn?: boolean;
  onChange(value: number | null): void;
}

/** A native range input over the stops of a scale, with a field for any exact value. */
export function Slider({ label, scale, value, instead, warn = false, onChange }: SliderProps) {
  const id = useId();
  const last = scale.stops.length - 1;
  const stop = nearestStop(scale, value);
  const text = instead ?? scale.write(value);
  return (
    <div className={styles.slider}>
      <label htmlFor={id}>{label}</label>
      <Entry
        label={`${label}, exact value`}
        text={text}
        warn={warn}
        expects={`${scale.write(scale.min)} to ${scale.write(scale.max)}`}
        width={12}
        onEnter={(typed) => {
          const read = scale.read(typed);
          const taken = read === undefined ? undefined : within(scale, read);
          if (taken === undefined) return false;
          onChange(taken);
          return true;
        }}
      />
      <input
        id={id}
        type="range"
        min={0}
        max={last}
        step={1}
        value={stop}
        aria-valuetext={text}
        style={{ '--filled': `${(stop / last) * 100}%` } as React.CSSProperties}
        onChange={(event) => onChange(scale.stops[Number(event.currentTarget.value)] ?? null)}
      />
    </div>
  );
}
