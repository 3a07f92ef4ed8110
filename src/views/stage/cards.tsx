import { type CSSProperties, memo } from 'react';
import { transportColor } from '../theme/colors.ts';
import styles from './cards.module.css';
import type { Fact } from './client-state.ts';
import type { Box } from './layout.ts';

const place = ({ x, y, width, height }: Box): CSSProperties => ({ left: x, top: y, width, height });
const cx = (...names: (string | false | undefined)[]) => names.filter(Boolean).join(' ');

interface ClientCardProps {
  box: Box;
  dense: boolean;
  name: string;
  transport: string;
  /** Title of the transport, where the name does not say it; else ''. */
  via: string;
  /** What it shows, '' if nothing yet. */
  text: string;
  more: boolean;
  factKind: Fact['kind'];
  fact: string;
  /** Share of a wait that is left, in 1/60ths, so that a card is drawn anew only when it looks different. */
  left: number;
  fresh: boolean;
  selected: boolean;
  /** Stands for many. */
  rest: boolean;
  onClick(): void;
}

/** A client, or the rest of a group: what it shows, and one fact. */
export const ClientCard = memo(function ClientCard(props: ClientCardProps) {
  const { box, dense, name, transport, via, text, more, fact, factKind, left, fresh, selected, rest } = props;
  const color = { '--of-transport': transportColor(transport) } as CSSProperties;
  const shown = text === '' ? null : <span className={styles.text}>{`“${more ? '…' : ''}${text}”`}</span>;
  const factLine = (
    <span className={styles.fact} data-kind={factKind}>
      {factKind === 'wait' && <WaitRing left={left} />}
      <span>{fact}</span>
    </span>
  );
  return (
    <button
      type="button"
      className={cx(styles.card, styles.client, dense && styles.dense, rest && styles.rest)}
      style={{ ...place(box), ...color }}
      data-state={factKind}
      data-fresh={fresh}
      aria-pressed={selected}
      onClick={props.onClick}
    >
      {dense ? (
        <>
          <span className={styles.name}>
            {name}
            {via !== '' && <span className={styles.via}> {via}</span>}
          </span>
          {factLine}
          {shown}
        </>
      ) : (
        <>
          <span className={styles.top}>
            <span className={styles.name}>
              {name}
              {via !== '' && <span className={styles.via}> {via}</span>}
            </span>
            {shown}
          </span>
          {factLine}
        </>
      )}
    </button>
  );
}, sameButForClick);

/** An arc that drains as a wait goes by. */
function WaitRing({ left }: { left: number }) {
  const around = 2 * Math.PI * 5;
  return (
    <svg className={styles.ring} width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      <circle className={styles.ringWhole} cx="7" cy="7" r="5" />
      <circle
        className={styles.ringLeft}
        cx="7"
        cy="7"
        r="5"
        strokeDasharray={`${((around * left) / 60).toFixed(2)} ${around.toFixed(2)}`}
      />
    </svg>
  );
}

interface HostCardProps {
  box: Box;
  name: string;
  fact: string;
  condition: string;
  tall: boolean;
  selected: boolean;
  onClick(): void;
}

/** A server. */
export const ServerCard = memo(function ServerCard(props: HostCardProps) {
  const { box, name, fact, condition, tall, selected, onClick } = props;
  return (
    <button
      type="button"
      className={cx(styles.card, styles.host, tall && styles.tall)}
      style={place(box)}
      data-condition={condition}
      aria-pressed={selected}
      onClick={onClick}
    >
      <span className={styles.name}>{name}</span>
      <span className={styles.fact}>
        <span>{fact}</span>
      </span>
    </button>
  );
}, sameButForClick);

interface SourceCardProps {
  box: Box;
  name: string;
  fact: string;
  fresh: boolean;
  refused: boolean;
}

/** Where updates come from. */
export const SourceCard = memo(function SourceCard({ box, name, fact, fresh, refused }: SourceCardProps) {
  return (
    <div
      className={cx(styles.card, styles.host, styles.source)}
      style={place(box)}
      data-fresh={fresh}
      data-condition={refused ? 'refused' : 'up'}
    >
      <span className={styles.name}>{name}</span>
      <span className={styles.fact}>
        <span>{fact}</span>
      </span>
    </div>
  );
});

/** Callbacks are made anew each frame and always mean the same; what is seen decides. */
function sameButForClick<P extends { onClick(): void }>(a: P, b: P): boolean {
  return (Object.keys(a) as (keyof P)[]).every((key) => key === 'onClick' || a[key] === b[key]);
}
