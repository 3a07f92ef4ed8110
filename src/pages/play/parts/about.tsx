import { useId, useLayoutEffect, useState } from 'react';
import { useSize } from '../../../views/use-size.ts';
import type { PlayProps } from '../model.ts';
import styles from './parts.module.css';
import { Section } from './section.tsx';

interface Props extends Pick<PlayProps, 'scenario'> {
  /** More follows that has to stay in sight: in a low window a long text is not all there before it is asked for. */
  short?: boolean;
}

/** What a scenario says of itself: what to watch. Of one that was changed since, it was said before. */
export function About({ scenario: { about, preset }, short = false }: Props) {
  return (
    about !== '' && (
      <Section title={preset?.edited ? 'About the original run' : 'About this run'}>
        {short ? <Short key={about} text={about} /> : <p className={styles.about}>{about}</p>}
      </Section>
    )
  );
}

/** A text of which the first lines are seen, as many as the window's height has room for, and a button for the rest. */
function Short({ text }: { text: string }) {
  const id = useId();
  const [ref, size] = useSize<HTMLParagraphElement>();
  const [open, setOpen] = useState(false);
  const [isCut, setCut] = useState(false);
  useLayoutEffect(() => {
    const element = ref.current;
    if (size !== null && element !== null && !open) setCut(element.scrollHeight > size.height + 1);
  }, [ref, size, open]);
  return (
    <div className={styles.short}>
      <p ref={ref} id={id} className={styles.about} data-short={!open}>
        {text}
      </p>
      {isCut && (
        <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {open ? 'Show less' : 'Show more'}
        </button>
      )}
    </div>
  );
}
