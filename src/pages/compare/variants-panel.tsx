import { type FormEvent, useId, useState } from 'react';
import { transportColor } from '../../views/theme/colors.ts';
import choices from '../play/parts/choices.module.css';
import { Entry, NumberEntry } from '../play/parts/entry.tsx';
import { DownIcon } from '../play/parts/icons.tsx';
import { Popover } from '../play/parts/popover.tsx';
import { Section } from '../play/parts/section.tsx';
import { ChangeRow } from './change-row.tsx';
import type { CompareProps, PlaceItem, VariantItem } from './model.ts';
import styles from './variants.module.css';

/** Everything that can be changed of what is compared. */
export function VariantsPanel(props: CompareProps) {
  const { variants, bounds, seed, transport, places, about, actions } = props;
  return (
    <>
      <Section title="Variants">
        <ol className={styles.list}>
          {variants.map((variant) => (
            <Variant key={variant.id} {...props} variant={variant} />
          ))}
        </ol>
        <div className={styles.row}>
          <button
            type="button"
            disabled={variants.length >= bounds.most}
            title={
              variants.length >= bounds.most
                ? `There can be ${bounds.most} variants at most`
                : 'One more variant, as the scenario is'
            }
            onClick={() => actions.addVariant()}
          >
            Add variant
          </button>
          <Sets {...props} />
        </div>
      </Section>
      <Section title="For all">
        <div className={styles.pair}>
          <span>Seed of all luck</span>
          <NumberEntry
            label="Seed of all luck"
            value={seed}
            min={0}
            max={Number.MAX_SAFE_INTEGER}
            integer
            width={9}
            onChange={(next) => actions.setSeed(next)}
          />
        </div>
        {transport !== null && (
          <label className={styles.pair}>
            <span>Transport, unless changed</span>
            <select
              value={transport.kind}
              onChange={(event) => actions.setBase(`clients[0].transport.kind=${event.currentTarget.value}`)}
            >
              {transport.kinds.map(({ kind, title }) => (
                <option key={kind} value={kind}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        )}
        <details className={styles.byPath}>
          <summary>change in all, by path</summary>
          <ByPath letter="all variants" places={places} onEnter={(text) => actions.setBase(text)} />
        </details>
        {about !== '' && <p className={styles.about}>{about}</p>}
      </Section>
    </>
  );
}

/** Variants to be had at one click. */
function Sets({ sets, actions }: CompareProps) {
  return (
    <Popover
      label={
        <>
          Sets <DownIcon />
        </>
      }
      title="Replace the variants by a set"
      buttonClass={styles.button}
      width={300}
      align="start"
    >
      {(close) => (
        <ul className={choices.list} aria-label="Sets of variants">
          {sets.map(({ id, title, about, variants }) => (
            <li key={id}>
              <button
                type="button"
                disabled={variants < 2}
                onClick={() => {
                  actions.applySet(id);
                  close();
                }}
              >
                {title}
                <span>{variants < 2 ? 'This scenario can take fewer than two of them.' : about}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}

function Variant(props: CompareProps & { variant: VariantItem }) {
  const { variant, variants, bounds, places, actions } = props;
  const { id, letter, name, changes, run } = variant;
  const clients = run.trace.header?.clients ?? [];
  const kinds = [...new Set(clients.map(({ transport }) => transport))].slice(0, 4);
  return (
    <li className={styles.variant}>
      <div className={styles.head}>
        <b className={styles.letter}>{letter}</b>
        <Entry
          label={`Name of variant ${letter}`}
          text={name}
          width={15}
          expects="a name of 1 to 60 characters"
          onEnter={(text) => {
            if (text.trim() === '' || text.length > 60) return false;
            actions.rename(id, text);
            return true;
          }}
        />
        <span className={styles.kinds} aria-hidden="true">
          {kinds.map((kind) => (
            <i key={kind} style={{ background: transportColor(kind) }} />
          ))}
        </span>
        <Popover
          label="⋯"
          name={`More for variant ${letter}`}
          title="Duplicate, remove, open in Play"
          buttonClass={styles.small}
          align="end"
          width={240}
        >
          {(close) => {
            const then = (act: () => void) => () => {
              close();
              act();
            };
            return (
              <ul className={choices.list} aria-label={`Variant ${letter}`}>
                <li>
                  <button
                    type="button"
                    disabled={variants.length >= bounds.most}
                    onClick={then(() => actions.duplicate(id))}
                  >
                    Duplicate
                  </button>
                </li>
                <li>
                  <button type="button" onClick={then(() => actions.openInPlay(id))}>
                    Open in Play
                    <span>This variant alone, with everything about its run</span>
                  </button>
                </li>
                <li>
                  <button
                    type="button"
                    disabled={variants.length <= bounds.least}
                    onClick={then(() => actions.remove(id))}
                  >
                    Remove
                  </button>
                </li>
              </ul>
            );
          }}
        </Popover>
      </div>
      <ul className={styles.changes} aria-label={`Changes of variant ${letter}`}>
        {changes.length === 0 && <li className={styles.plain}>as the scenario is</li>}
        {changes.map((change, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place may be set twice; the order is what tells them apart
          <ChangeRow key={`${index} ${change.path}`} {...{ variant, index, change, actions }} />
        ))}
      </ul>
      <AddChange variant={variant} places={places} actions={actions} />
    </li>
  );
}

type AddProps = Pick<CompareProps, 'places' | 'actions'> & { variant: VariantItem };

/** A change by choosing its place, or by writing it as the command line's `--set` takes it. */
function AddChange({ variant, places, actions }: AddProps) {
  const { id, letter } = variant;
  return (
    <div className={styles.add}>
      <select
        aria-label={`Add a change to ${letter}`}
        value=""
        onChange={(event) => {
          if (event.currentTarget.value !== '') actions.addChange(id, event.currentTarget.value);
        }}
      >
        <option value="">add a change …</option>
        {bySection(places).map(([section, items]) => (
          <optgroup key={section} label={section}>
            {items.map(({ path, title }) => (
              <option key={path} value={path}>
                {title}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <details className={styles.byPath}>
        <summary>by path</summary>
        <ByPath letter={letter} places={places} onEnter={(text) => actions.addText(id, text)} />
      </details>
    </div>
  );
}

function bySection(places: readonly PlaceItem[]): [string, PlaceItem[]][] {
  const sections = new Map<string, PlaceItem[]>();
  for (const place of places) {
    const list = sections.get(place.section);
    if (list === undefined) sections.set(place.section, [place]);
    else list.push(place);
  }
  return [...sections];
}

interface ByPathProps {
  letter: string;
  places: readonly PlaceItem[];
  onEnter(text: string): string | null;
}

function ByPath({ letter, places, onEnter }: ByPathProps) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const list = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = onEnter(text);
    setProblem(wrong);
    if (wrong === null) setText('');
  };
  return (
    <form className={styles.path} onSubmit={submit}>
      <input
        type="text"
        className={styles.value}
        list={list}
        aria-label={`Change of ${letter} as path=value`}
        aria-invalid={problem !== null}
        placeholder="network.access.lossPct=5"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setProblem(null);
          setText(event.currentTarget.value);
        }}
      />
      <datalist id={list}>
        {places.map(({ path }) => (
          <option key={path} value={`${path}=`} />
        ))}
      </datalist>
      <button type="submit">Set</button>
      {problem !== null && (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      )}
    </form>
  );
}
