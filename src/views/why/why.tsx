import { useMemo } from 'react';
import { type Lead, type Story, storyOf } from '../../trace/story/index.ts';
import { Modelled } from '../now/modelled.tsx';
import { type Pointing, pointsAt } from '../pointing.ts';
import { UNHURRIED, useFrame } from '../use-frame.ts';
import type { Selection, ViewProps } from '../view.ts';
import { Causes } from './causes.tsx';
import { Empty } from './empty.tsx';
import { PartsBar } from './parts-bar.tsx';
import { Steps } from './steps.tsx';
import styles from './why.module.css';

/** Something that can be tried instead, offered for a selection. */
export interface WhatIf {
  label: string;
  /** What it will do, before it is done. */
  about?: string;
  run(): void;
}

export interface WhyProps extends ViewProps {
  onSeek(us: number): void;
  /** What can be tried with a selection; left out: nothing is offered. */
  onWhatIf?(selection: Selection): readonly WhatIf[];
}

/** What happened to what is selected, and why: the whole story, each step a way to its moment. */
export function Why(props: WhyProps) {
  const { trace, playhead, selection, onSelect, onSeek, onWhatIf } = props;
  useFrame(playhead, UNHURRIED);
  const story = useStory(props);
  if (selection === null || story === null) return <Empty {...props} />;
  const whatIf = onWhatIf?.(selection) ?? [];
  return (
    <article className={styles.why} aria-labelledby="why-title">
      <h2 id="why-title" className={styles.title}>
        <Title text={story.title} />
      </h2>
      {story.figure !== '' && (
        <p className={styles.figure} data-tone={story.figureTone}>
          {story.figureTone === 'loss' && <span aria-hidden="true">✕ </span>}
          {story.figure}
        </p>
      )}
      <p className={styles.sentence}>{story.sentence}</p>
      {story.parts.length > 0 && <PartsBar parts={story.parts} onSeek={onSeek} />}
      <Steps
        steps={story.steps}
        nowUs={playhead.nowUs}
        trace={trace}
        selection={selection}
        onSelect={onSelect}
        onSeek={onSeek}
        pointing={props.pointing}
      />
      {story.leads.map((leads) => (
        <Leads key={leads.title} {...leads} onSelect={onSelect} pointing={props.pointing} />
      ))}
      {whatIf.length > 0 && (
        <section>
          <h3 className={styles.heading}>What if</h3>
          <p className={styles.chips}>
            {whatIf.map(({ label, about, run }) => (
              <button key={label} type="button" title={about} onClick={run}>
                {label}
              </button>
            ))}
          </p>
        </section>
      )}
      <Causes trace={trace} seq={story.seq} onSelect={onSelect} onSeek={onSeek} />
      {story.terms.length > 0 && (
        <details className={styles.details}>
          <summary>How this is modelled</summary>
          <Modelled terms={story.terms} />
        </details>
      )}
    </article>
  );
}

/** The story of the selection, told anew when the trace has grown or, for what has a state, when time has passed. */
function useStory({ trace, selection, playhead }: WhyProps): Story | null {
  const { kind } = selection ?? {};
  const timeless =
    kind === 'message' || kind === 'packet' || kind === 'connection' || kind === 'fault' || kind === 'record';
  // A tenth of a second is as fast as a figure can be read.
  const atUs = timeless ? 0 : Math.floor(playhead.nowUs / 100_000) * 100_000;
  const key = `${JSON.stringify(selection)}/${trace.records}/${trace.knownUntilUs}/${atUs}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when the trace or the selection changed
  return useMemo(
    () => (selection === null ? null : storyOf(trace, selection, timeless ? playhead.nowUs : atUs)),
    [trace, key],
  );
}

/** A title in capitals, except for what is quoted in it: that is what somebody typed. */
function Title({ text }: { text: string }) {
  const [before, quoted, ...after] = text.split(/(“[^”]*”)/);
  return (
    <>
      {before}
      {quoted !== undefined && <span className={styles.quoted}>{quoted}</span>}
      {after.join('')}
    </>
  );
}

interface LeadsProps {
  onSelect(selection: Selection): void;
  pointing: Pointing | undefined;
}

/** A list of other stories to go on with. */
function Leads(props: Story['leads'][number] & LeadsProps) {
  const { title, items, more, onSelect, pointing } = props;
  return (
    <section>
      <h3 className={styles.heading}>{title}</h3>
      <ul className={styles.leads}>
        {items.map((item) => (
          <LeadRow key={JSON.stringify(item.subject)} item={item} onSelect={onSelect} pointing={pointing} />
        ))}
        {more > 0 && <li className={styles.more}>and {more} more</li>}
      </ul>
    </section>
  );
}

function LeadRow({ item, onSelect, pointing }: LeadsProps & { item: Lead }) {
  return (
    <li>
      <button
        type="button"
        className={styles.lead}
        onClick={() => onSelect(item.subject)}
        {...pointsAt(pointing, item.subject)}
      >
        <span>{item.text}</span>
        <span className={styles.leadFigure} data-tone={item.tone}>
          {item.figure}
        </span>
      </button>
    </li>
  );
}
