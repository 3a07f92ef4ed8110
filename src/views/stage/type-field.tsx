import { memo, useRef, useState } from 'react';
import styles from './touch.module.css';
import { type StageTouch, TYPE_FIELD } from './touch.ts';

/** The line of the source's card that somebody types into: each character is an update of its own, at once. */
export const TypeField = memo(function TypeField({ fact, touch }: { fact: string; touch: StageTouch }) {
  const [typed, setTyped] = useState('');
  const [focused, setFocused] = useState(false);
  /** What of it has been published. */
  const sent = useRef('');

  const changed = (value: string, composing: boolean) => {
    setTyped(value);
    if (composing) return; // an accent or a syllable that is not finished
    const before = sent.current;
    if (value.startsWith(before)) for (const character of value.slice(before.length)) touch.onType(character);
    else if (before.startsWith(value)) {
      for (let left = [...before].length - [...value].length; left > 0; left--) touch.onUntype();
    }
    sent.current = value;
  };

  return (
    <input
      id={TYPE_FIELD}
      className={styles.typeField}
      type="text"
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      aria-label={`Type here. ${touch.typeEffect}`}
      aria-keyshortcuts="E"
      title={touch.typeEffect}
      placeholder={focused ? 'type…' : fact}
      value={typed}
      onChange={(event) =>
        changed(event.currentTarget.value, (event.nativeEvent as InputEvent).isComposing === true)
      }
      onCompositionEnd={(event) => changed(event.currentTarget.value, false)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
        event.stopPropagation();
      }}
      onFocus={() => setFocused(true)}
      onBlur={() => {
        setFocused(false);
        setTyped('');
        sent.current = '';
      }}
    />
  );
});
