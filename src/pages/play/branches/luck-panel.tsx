import { MoreGroups, useFew } from '../../../views/few/few.tsx';
import type { PlayActions } from '../model.ts';
import styles from './luck-panel.module.css';
import type { LuckGroup, LuckModel } from './model.ts';
import { luckSentence, offerWords } from './words.ts';

interface Props {
  luck: LuckModel;
  actions: Pick<PlayActions, 'luck' | 'setSeed'>;
}

/** “Is this luck?”: the same scenario with other seeds, asked for, on its way, and in a sentence for each group. */
export function LuckPanel({ luck, actions }: Props) {
  const { state, groups, seed } = luck;
  const few = useFew(groups.length);
  const busy = state === 'running' || state === 'held';
  return (
    <div className={styles.luck}>
      {busy && <Progress luck={luck} onCancel={() => actions.luck.cancel()} />}
      {state === 'failed' && (
        <p role="alert">
          A run with another seed stopped by an error of this program: {luck.failure}{' '}
          <button type="button" onClick={() => actions.luck.start()}>
            Try again
          </button>
        </p>
      )}
      {groups.length > 0 && (
        <ul aria-label="Is this luck?">
          {few.shown.map((index) => {
            const group = groups[index] as LuckGroup;
            return (
              <Group key={group.group} group={group} seed={seed} onSeed={(next) => actions.setSeed(next)} />
            );
          })}
        </ul>
      )}
      <MoreGroups few={few} of="is this luck?" />
      {state === 'done' && groups.length === 0 && <p>With no seed enough was delivered to say anything.</p>}
      {!busy && state !== 'failed' && <Offer luck={luck} actions={actions} />}
    </div>
  );
}

function Progress({ luck, onCancel }: { luck: LuckModel; onCancel(): void }) {
  const { done, of, state } = luck;
  const words = state === 'held' ? 'waits for the run that is shown' : `${done} of ${of} seeds`;
  return (
    <div className={styles.progress}>
      <progress aria-label="Seeds that have been run" max={of} value={done} />
      <span>{words}</span>
      <button type="button" onClick={onCancel}>
        Stop
      </button>
    </div>
  );
}

/** What can be started from here: all, or as many as anybody waits for. */
function Offer({ luck, actions }: Props) {
  const { offer, done, groups } = luck;
  if (done >= offer.most) return null;
  const words = offerWords(luck);
  const most = offer.seeds < offer.most;
  return (
    <div className={styles.offer}>
      {done < offer.seeds && (
        <button type="button" title={words} onClick={() => actions.luck.start()}>
          {groups.length > 0 ? `On to ${offer.seeds} seeds` : 'Is this luck?'}
        </button>
      )}
      {most && groups.length > 0 && (
        <button type="button" title={words} onClick={() => actions.luck.start(offer.most)}>
          All {offer.most} seeds
        </button>
      )}
    </div>
  );
}

function Group({ group, seed, onSeed }: { group: LuckGroup; seed: number; onSeed(seed: number): void }) {
  const { best, middle, worst } = group.examples;
  const examples = [
    ['best', best],
    ['median', middle],
    ['worst', worst],
  ] as const;
  return (
    <li>
      <i style={{ background: `var(--${group.transport}, var(--other-transport))` }} aria-hidden="true" />
      {luckSentence(group)}
      {group.worst.min !== group.worst.max && (
        <span className={styles.seeds}>
          See{' '}
          {examples.map(([name, example]) => (
            <button
              key={name}
              type="button"
              disabled={example === seed}
              title={`Runs this scenario with seed ${example}; this run stays beside it`}
              aria-label={`${name} for ${group.title}: seed ${example}`}
              onClick={() => onSeed(example)}
            >
              {name}: seed {example}
            </button>
          ))}
        </span>
      )}
    </li>
  );
}
