import { type CSSProperties, memo, type ReactNode } from 'react';
import styles from './cards.module.css';
import type { FleetForm } from './fleet-form.ts';
import hosts from './hosts.module.css';
import type { Box } from './stage-layout.ts';

const place = ({ x, y, width, height }: Box): CSSProperties => ({ left: x, top: y, width, height });
const cx = (...names: (string | false | undefined)[]) => names.filter(Boolean).join(' ');

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
  return (
    <button
      type="button"
      className={cx(styles.card, styles.host, tall && styles.tall)}
      style={place(box)}
      data-condition={condition}
      data-pointed={props.pointed === true}
      aria-pressed={selected}
      {...pointing(props.onPoint)}
      onClick={(event) => onClick(event.currentTarget)}
    >
      <span className={styles.name}>{name}</span>
      <span className={styles.fact}>
        <span>{fact}</span>
      </span>
    </button>
  );
}, sameButForCallbacks);

interface FleetHostProps extends HostCardProps {
  form: FleetForm;
  /** What a cell has room for. */
  figure: string;
  /** How full a cell is, in 1/20ths. */
  level: number;
}

/** From this width on a line has room for more than a figure. */
const ROW_WITH_WORDS = 132;

/** One of many: a line, or a cell of a grid with a figure and a level. */
export const FleetHost = memo(function FleetHost(props: FleetHostProps) {
  const { box, form, name, fact, figure, level, condition, selected, onClick } = props;
  const common = {
    type: 'button' as const,
    style: { ...place(box), '--level': `${level * 5}%` } as CSSProperties,
    'data-condition': condition,
    'data-pointed': props.pointed === true,
    'aria-pressed': selected,
    ...pointing(props.onPoint),
    onClick: (event: { currentTarget: HTMLElement }) => onClick(event.currentTarget),
  };
  if (form === 'row')
    return (
      <button
        {...common}
        className={cx(styles.card, hosts.row)}
        aria-label={`${name}: ${fact}`}
        title={`${name}: ${fact}`}
      >
        <span className={styles.name}>{name}</span>
        <span className={styles.fact}>{box.width < ROW_WITH_WORDS ? figure : fact}</span>
      </button>
    );
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

/** A node of the backplane, with what is inside it. */
export function NodeCard(props: NodeCardProps) {
  const { box, name, fact, condition, selected, onClick, children } = props;
  return (
    <button
      type="button"
      className={cx(styles.card, styles.host, hosts.node)}
      style={place(box)}
      data-condition={condition}
      data-pointed={props.pointed === true}
      aria-pressed={selected}
      {...pointing(props.onPoint)}
      onClick={(event) => onClick(event.currentTarget)}
    >
      <span className={styles.name}>{name}</span>
      <span className={styles.fact}>
        <span>{fact}</span>
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
