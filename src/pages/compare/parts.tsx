import { useMemo } from 'react';
import type { FateSide, FatesProps } from '../../views/fates/fates.tsx';
import type { Selection } from '../../views/index.ts';
import { Lanes } from '../../views/lanes/lanes.tsx';
import { VariantLatency } from '../../views/latency/variant-latency.tsx';
import { BackIcon } from '../play/parts/icons.tsx';
import { lazyView } from '../play/parts/lazy-view.tsx';
import { Section } from '../play/parts/section.tsx';
import side from '../play/side/side.module.css';
import { LazyWhy } from '../play/side/story-views.ts';
import styles from './compare-page.module.css';
import { type CompareProps, type VariantItem, WINDOWS_MS } from './model.ts';

const LazyFates = lazyView<FatesProps>(async () => (await import('../../views/fates/fates.tsx')).Fates);

const runOf = ({ id, letter, name, run }: VariantItem) => ({ id, letter, name, ...run });

/** What happens, variant below variant. */
export function LanesPart(props: CompareProps) {
  const { variants, player, client, clients, windowMs, selection, actions } = props;
  return (
    <section className={styles.lanes} aria-labelledby="lanes-title">
      <div className={styles.bar}>
        <h2 id="lanes-title">The last moments</h2>
        {clients.length > 1 && (
          <label>
            client
            <select
              value={client ?? clients[0]?.name}
              onChange={(event) => actions.setClient(event.currentTarget.value)}
            >
              {clients.map(({ name, title }) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          span
          <select
            aria-label="Time that the lanes span"
            value={windowMs}
            onChange={(event) => actions.setWindow(Number(event.currentTarget.value))}
          >
            {WINDOWS_MS.map((ms) => (
              <option key={ms} value={ms}>
                {ms / 1000} s
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className={styles.lanesView}>
        <Lanes
          runs={variants.map(runOf)}
          playhead={player}
          client={client}
          windowUs={windowMs * 1000}
          selection={selection}
          onSelect={(variant, what) => actions.select(what === null ? null : { variant, what })}
          onRestart={(variant) => actions.restart(variant)}
        />
      </div>
    </section>
  );
}

/** Who is measured, where there are several groups. */
export function GroupChoice({ group, groups, actions }: CompareProps) {
  if (groups.length < 2) return null;
  return (
    <label>
      measured
      <select
        value={group ?? ''}
        onChange={(event) =>
          actions.setGroup(event.currentTarget.value === '' ? null : event.currentTarget.value)
        }
      >
        <option value="">everybody</option>
        {groups.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

/** How long deliveries took, side by side. */
export function LatencyPart(props: CompareProps) {
  const { variants, player, group, targetMs, selection, actions } = props;
  const runs = useMemo(() => variants.filter(({ run }) => run.state !== 'failed').map(runOf), [variants]);
  return (
    <Section title="Delivery latency">
      <VariantLatency
        runs={runs}
        group={group}
        playhead={player}
        targetMs={targetMs}
        selection={selection}
        onSelect={(variant, what) => actions.select(what === null ? null : { variant, what })}
      />
    </Section>
  );
}

/** Two of the variants, update by update. */
export function DifferencesPart(props: CompareProps) {
  const { variants, pair, differs, selection, actions } = props;
  const [a, b] = [pair.a, pair.b].map((id) => variants.find((variant) => variant.id === id));
  if (a === undefined || b === undefined) return null;
  const open = (variant: number, what: Selection, atUs: number) => actions.select({ variant, what }, atUs);
  return (
    <div className={styles.differences}>
      <div className={styles.bar}>
        <Side side={a} other={b} variants={variants} onChoose={(id) => actions.setPair({ a: id, b: b.id })} />
        <span>and</span>
        <Side side={b} other={a} variants={variants} onChoose={(id) => actions.setPair({ a: a.id, b: id })} />
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={differs}
            onChange={(event) => actions.setDiffers(event.currentTarget.checked)}
          />
          only what differs
        </label>
      </div>
      {a.run.state === 'done' && b.run.state === 'done' ? (
        <LazyFates.View
          a={sideOf(a)}
          b={sideOf(b)}
          differs={differs}
          selection={selection}
          onOpen={open}
          onSeek={(atUs) => actions.seek(atUs)}
        />
      ) : (
        <Waiting sides={[a, b]} />
      )}
    </div>
  );
}

const sideOf = ({ id, letter, name, run }: VariantItem): FateSide => ({ id, letter, name, trace: run.trace });

interface SideProps {
  side: VariantItem;
  other: VariantItem;
  variants: readonly VariantItem[];
  onChoose(id: number): void;
}

function Side({ side: one, other, variants, onChoose }: SideProps) {
  return (
    <select
      aria-label={one.letter < other.letter ? 'First of two variants' : 'Second of two variants'}
      value={one.id}
      onChange={(event) => onChoose(Number(event.currentTarget.value))}
    >
      {variants.map(({ id, letter, name }) => (
        <option key={id} value={id}>
          {letter} {name}
        </option>
      ))}
    </select>
  );
}

function Waiting({ sides }: { sides: VariantItem[] }) {
  const failed = sides.find(({ run }) => run.state === 'failed');
  if (failed !== undefined)
    return (
      <p className={styles.waiting} role="alert">
        {failed.letter} {failed.name} stopped by an error of this program, so there is nothing to compare it
        by.
      </p>
    );
  const words = sides
    .filter(({ run }) => run.state !== 'done')
    .map(({ letter, run }) => `${letter} is simulated to ${Math.floor(run.progress * 100)} %`);
  return (
    <p className={styles.waiting} role="status">
      {words.join(', ')} …
    </p>
  );
}

/** The story of what is selected, in its variant; the same update in the others is a click away. */
export function WhyPart(props: CompareProps) {
  const { variants, selection, player, reducedMotion, actions } = props;
  const variant = variants.find(({ id }) => id === selection?.variant) ?? variants[0];
  if (variant === undefined) return null;
  const what = selection?.what ?? null;
  return (
    <div key={JSON.stringify(selection)} className={side.why}>
      {selection !== null && (
        <button type="button" className={side.back} onClick={() => actions.select(null)}>
          <BackIcon /> Back <kbd>Esc</kbd>
        </button>
      )}
      <fieldset className={styles.inVariants} aria-label="In which variant">
        {variants.map(({ id, letter, name, run }) => (
          <button
            key={id}
            type="button"
            title={name}
            aria-label={`In ${letter} ${name}`}
            aria-pressed={id === variant.id}
            disabled={what === null || !isShared(what) || run.state === 'failed'}
            onClick={() => what !== null && actions.select({ variant: id, what })}
          >
            {letter}
          </button>
        ))}
        <span>{variant.name}</span>
      </fieldset>
      <LazyWhy.View
        trace={variant.run.trace}
        playhead={player}
        selection={what}
        reducedMotion={reducedMotion}
        onSelect={(next) => actions.select(next === null ? null : { variant: variant.id, what: next })}
        onSeek={(us) => actions.seek(us)}
      />
    </div>
  );
}

/** Updates, clients and servers have the same numbers in all variants; packets have their own in each. */
const isShared = ({ kind }: Selection): boolean =>
  kind === 'message' || kind === 'client' || kind === 'server';
