import { type CSSProperties, memo, type ReactNode } from 'react';
import { transportColor } from '../theme/colors.ts';
import styles from './cards.module.css';
import type { Fact } from './client-state.ts';
import { sameButForCallbacks } from './host-cards.tsx';
import type { Box } from './stage-layout.ts';
import touchStyles from './touch.module.css';
import { usePull } from './use-pull.ts';

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
  /** What it showed at this moment in an earlier run, '' if the same. */
  earlier: string;
  /** The name of that run. */
  earlierName: string;
  factKind: Fact['kind'];
  fact: string;
  /** All of it: a line has not always room for that. */
  title: string;
  /** Share of a wait that is left, in 1/60ths, so that a card is drawn anew only when it looks different. */
  left: number;
  fresh: boolean;
  selected: boolean;
  /** It is pointed at somewhere else. */
  pointed: boolean;
  onPoint(on: boolean): void;
  /** Stands for many. */
  rest: boolean;
  onClick(element: HTMLElement): void;
  /** It can be pulled off the network; null: it cannot. */
  onPull: (() => void) | null;
  /** What happens if it is. */
  pullEffect: string;
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
      {props.earlier !== '' && !dense && (
        <span className={styles.earlier} title={`At this moment in “${props.earlierName}”`}>
          <span className={styles.hidden}>in “{props.earlierName}”: </span>
          {props.earlier}
        </span>
      )}
    </span>
  );
  const { pull, handlers } = usePull(props.onPull, props.onClick);
  const moved = pull === null ? {} : { transform: `translate(${pull.dx}px, ${pull.dy}px)` };
  const card = (
    <button
      type="button"
      className={cx(styles.card, styles.client, dense && styles.dense, rest && styles.rest)}
      style={{ ...place(box), ...color, ...moved }}
      data-state={factKind}
      data-fresh={fresh}
      data-pulled={pull !== null}
      data-pointed={props.pointed}
      aria-pressed={selected}
      title={props.title}
      onPointerEnter={() => props.onPoint(true)}
      onPointerLeave={() => props.onPoint(false)}
      onFocus={() => props.onPoint(true)}
      onBlur={() => props.onPoint(false)}
      {...handlers}
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
  if (pull === null) return card;
  return (
    <>
      {card}
      <span
        className={touchStyles.pullHint}
        style={{ right: `calc(100% - ${box.x + box.width}px)`, bottom: `calc(100% - ${box.y - 6}px)` }}
      >
        {pull.off ? `Let go: ${props.pullEffect}` : 'Pull it further away to take it off the network'}
      </span>
    </>
  );
}, sameButForCallbacks);

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

interface SourceCardProps {
  box: Box;
  name: string;
  fact: string;
  fresh: boolean;
  refused: boolean;
  /** Stands in the place of the fact: the field to type into. */
  children: ReactNode;
}

/** Where updates come from. */
export function SourceCard({ box, name, fact, fresh, refused, children }: SourceCardProps) {
  return (
    <div
      className={cx(styles.card, styles.host, styles.source)}
      style={place(box)}
      data-fresh={fresh}
      data-condition={refused ? 'refused' : 'up'}
    >
      <span className={styles.name}>{name}</span>
      {children ?? (
        <span className={styles.fact}>
          <span>{fact}</span>
        </span>
      )}
    </div>
  );
}
