import { type CSSProperties, memo, type ReactNode } from 'react';
import { shortTitle } from '../reading/places.ts';
import { useColors } from '../theme/colors.ts';
import styles from './cards.module.css';
import type { FleetForm } from './fleet-form.ts';
import hosts from './hosts.module.css';
import type { Box } from './stage-layout.ts';

const place = ({ x, y, width, height }: Box): CSSProperties => ({ left: x, top: y, width, height });
const cx = (...names: (string | false | undefined)[]) => names.filter(Boolean).join(' ');

/** What a letter of a line takes at most, px: of the name, and of what is said beside it. */
const LETTER = { name: 7.6, beside: 6.8 };
/** Borders, padding, and the gap between the two. */
const AROUND = 18;
/** Height of a tall card from which on its fact may take two lines, px. */
const WRAPS = 80;

interface HostCardProps {
  box: Box;
  name: string;
  fact: string;
  /** `up`, `down`, `paused`. */
  condition: string;
  tall: boolean;
  selected: boolean;
  pointed?: boolean;
  onPoint?(on: boolean): void;
  onClick(element: HTMLElement): void;
}

/** A server, or another process, that has a card of its own. */
export const HostCard = memo(function HostCard(props: HostCardProps) {
  const { box, name, fact, condition, tall, selected, onClick } = props;
  const { textScale } = useColors();
  return (
    <button
      type="button"
      className={cx(
        styles.card,
        styles.host,
        tall && styles.tall,
        tall && box.height >= WRAPS && styles.wraps,
      )}
      style={place(box)}
      data-condition={condition}
      data-pointed={props.pointed === true}
      aria-pressed={selected}
      title={`${name}: ${fact}`}
      {...pointing(props.onPoint)}
      onClick={(event) => onClick(event.currentTarget)}
    >
      <span className={styles.name}>{name}</span>
      <span className={styles.fact}>
        <span>{factWords(fact, tall, (box.width - AROUND) / (LETTER.beside * textScale))}</span>
      </span>
    </button>
  );
}, sameButForCallbacks);

/**
 * What there is room for: "crashed 10.0 s left", "crashed 10.0 s", "crashed"; "20/20 +6" of "20/20, 6 wait".
 * @param wraps what is too long for a line may have two, so that nothing but the last word has to go
 */
function factWords(fact: string, wraps: boolean, characters: number): string {
  const less = fact.replace(/ left$/, '');
  const least = wraps ? less : less.replace(/\s[\d.\s]+s$/, '').replace(/, (\d+) wait$/, ' +$1');
  return [fact, less].find(({ length }) => length <= characters) ?? least;
}

interface FleetHostProps extends HostCardProps {
  form: FleetForm;
  /** What a cell has room for. */
  figure: string;
  /** How full a cell is, in 1/20ths. */
  level: number;
}

/** What a line has room for: all, or a figure in place of the words, or also a name cut down to what tells it apart. */
export function lineWords(
  { name, fact, figure }: Pick<FleetHostProps, 'name' | 'fact' | 'figure'>,
  width: number,
  textScale: number,
): { name: string; beside: string } {
  const fits = (words: { name: string; beside: string }) =>
    (words.name.length * LETTER.name + words.beside.length * LETTER.beside) * textScale + AROUND <= width;
  const short = name.replace(/^(\p{L})\p{L}* (?=\d+$)/u, '$1 ');
  const ways = [
    { name, beside: fact },
    { name, beside: figure },
    { name: short, beside: figure },
  ];
  return ways.find(fits) ?? { name: short, beside: '' };
}

/** One of many: a line, or a cell of a grid with a figure and a level. */
export const FleetHost = memo(function FleetHost(props: FleetHostProps) {
  const { box, form, name, fact, figure, level, condition, selected, onClick } = props;
  const { textScale } = useColors();
  const common = {
    type: 'button' as const,
    style: { ...place(box), '--level': `${level * 5}%` } as CSSProperties,
    'data-condition': condition,
    'data-pointed': props.pointed === true,
    'aria-pressed': selected,
    ...pointing(props.onPoint),
    onClick: (event: { currentTarget: HTMLElement }) => onClick(event.currentTarget),
  };
  if (form === 'row') {
    const words = lineWords(props, box.width, textScale);
    return (
      <button
        {...common}
        className={cx(styles.card, hosts.row)}
        aria-label={`${name}: ${fact}`}
        title={`${name}: ${fact}`}
      >
        <span className={styles.name}>{words.name}</span>
        {words.beside !== '' && <span className={styles.fact}>{words.beside}</span>}
      </button>
    );
  }
  return (
    <button
      {...common}
      className={cx(styles.card, hosts.cell)}
      aria-label={`${name}: ${fact}`}
      title={`${name}: ${fact}`}
    >
      {figure.length * 7.4 + 4 <= box.width ? figure : ''}
    </button>
  );
}, sameButForCallbacks);

interface NodeCardProps extends HostCardProps {
  /** What it holds, where there is room for it. */
  children?: ReactNode;
}

/** A fact that has room: "17 entries" is "17" on a narrow card. */
function shortFact(fact: string, characters: number): string {
  const words = fact.split(' ');
  while (words.length > 1 && words.join(' ').length > characters) {
    words.pop();
    if (words.at(-1) === 'of') words.pop();
  }
  return words.join(' ');
}

/** A node of the backplane, with what is inside it. */
export function NodeCard(props: NodeCardProps) {
  const { box, name, fact, condition, selected, onClick, children } = props;
  const { textScale } = useColors();
  const characters = (box.width - 15) / (7 * textScale);
  const short = shortTitle(name, characters);
  const said = shortFact(fact, characters + 1);
  return (
    <button
      type="button"
      className={cx(styles.card, styles.host, hosts.node)}
      style={place(box)}
      data-condition={condition}
      data-pointed={props.pointed === true}
      aria-pressed={selected}
      aria-label={short === name && said === fact ? undefined : `${name}: ${fact}`}
      title={short === name && said === fact ? undefined : `${name}: ${fact}`}
      {...pointing(props.onPoint)}
      onClick={(event) => onClick(event.currentTarget)}
    >
      <span className={styles.name}>{short}</span>
      <span className={styles.fact}>
        <span>{said}</span>
      </span>
      {children}
    </button>
  );
}

function pointing(onPoint: ((on: boolean) => void) | undefined) {
  if (onPoint === undefined) return {};
  const [on, off] = [() => onPoint(true), () => onPoint(false)];
  return { onPointerEnter: on, onPointerLeave: off, onFocus: on, onBlur: off };
}

/** Callbacks are made anew each frame and always mean the same; what is seen decides. */
export function sameButForCallbacks<P extends object>(a: P, b: P): boolean {
  return (Object.keys(a) as (keyof P)[]).every((key) => typeof a[key] === 'function' || a[key] === b[key]);
}
