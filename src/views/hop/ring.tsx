import { memo } from 'react';
import type { TraceHeader } from '../../trace/trace.ts';
import { placeTitle } from '../reading/places.ts';
import { plural, seconds } from '../readout/units.ts';
import type { ViewProps } from '../view.ts';
import styles from './backplane.module.css';
import type { Owned } from './inside.ts';
import css from './ring.module.css';

/** How far round a circle each part of what is owned begins and ends, as shares of it. */
interface Arc {
  part: number;
  owner: number;
  from: number;
  to: number;
  /** It has come to its owner a moment ago. */
  moved: boolean;
}

const SIZE = 220;
const MIDDLE = SIZE / 2;
const OUTER = 96;
const THICK = 22;
/** Patterns by which neighbours are told apart, besides their numbers. */
const TONES = 6;

interface Props extends ViewProps {
  header: TraceHeader;
  parts: readonly Owned[];
}

/** Who owns how much of what has many parts; as a ring, where they are arcs of one, with those that moved standing out. */
export function Ring({ header, parts, playhead, selection, onSelect }: Props) {
  const movedUs = lastMoveUs(parts);
  // What moved last stays marked until something else does: a moment's mark would be gone before it is looked for.
  const arcs = arcsOf(parts, playhead.nowUs, playhead.nowUs - movedUs + TOGETHER_US);
  const moved = arcs.filter((arc) => arc.moved).length;
  const shares = new Map<number, number>();
  for (const { owner, from, to } of arcs) shares.set(owner, (shares.get(owner) ?? 0) + to - from);
  const owners = [...shares].sort(([a], [b]) => a - b);
  const rank = new Map(owners.map(([owner], index) => [owner, index]));
  const chosen =
    selection?.kind === 'server' ? selection.server : selection?.kind === 'place' ? selection.place : -1;
  return (
    <div className={css.ring}>
      {arePoints(parts) && (
        <Picture
          arcs={arcs
            .map(
              ({ owner, from, to, moved }) =>
                `${from.toFixed(5)} ${to.toFixed(5)} ${rank.get(owner)} ${moved ? 1 : 0} ${owner === chosen ? 1 : 0}`,
            )
            .join()}
        />
      )}
      <ul className={css.shares}>
        {owners.map(([owner, share]) => (
          <li key={owner}>
            <button
              type="button"
              className={styles.chip}
              aria-pressed={owner === chosen}
              onClick={() =>
                owner >= 0 &&
                onSelect(
                  header.places[owner]?.kind === 'server'
                    ? { kind: 'server', server: owner }
                    : { kind: 'place', place: owner },
                )
              }
            >
              <i className={css.tone} data-tone={(rank.get(owner) ?? 0) % TONES} />
              {owner < 0 ? 'nobody' : placeTitle(header, owner)}{' '}
              <small>
                {(share * 100).toFixed(1)} % ·{' '}
                {plural(arcs.filter((arc) => arc.owner === owner).length, parts[0]?.what ?? 'part')}
              </small>
            </button>
          </li>
        ))}
        {moved > 0 && (
          <li className={css.moved}>
            {plural(moved, parts[0]?.what ?? 'part')} moved at {seconds(movedUs)}
          </li>
        )}
      </ul>
    </div>
  );
}

/** What a coordinator deals out anew it tells within moments. */
const TOGETHER_US = 100_000;

/** When a part last came to another owner than it had; 0: none has. */
const lastMoveUs = (parts: readonly Owned[]): number =>
  parts.reduce((last, { before, sinceUs }) => (before >= 0 ? Math.max(last, sinceUs) : last), 0);

/** Parts beyond these are points on a circle, and no numbers of a list. */
const MOST_NUMBERS = 1_000_000;
const CIRCLE = 2 ** 32;

/** Whether parts are points on a circle: the ends of arcs. */
export const arePoints = (parts: readonly Owned[]): boolean =>
  parts.some(({ part }) => part < 0 || part > MOST_NUMBERS);

/** The arc that ends at each point, back to the one before it on the circle; of a list, all parts alike. */
export function arcsOf(parts: readonly Owned[], nowUs: number, lingerUs: number): Arc[] {
  const points = arePoints(parts);
  const at = ({ part }: Owned) => (points ? (part >>> 0) / CIRCLE : part);
  const sorted = [...parts].sort((a, b) => at(a) - at(b));
  return sorted.map((one, index) => {
    const before = sorted[index - 1] ?? sorted.at(-1);
    const to = points ? at(one) : (index + 1) / sorted.length;
    const last = before === undefined || before === one ? to - 1 : at(before) - (index === 0 ? 1 : 0);
    return {
      part: one.part,
      owner: one.owner,
      from: points ? last : index / sorted.length,
      to,
      moved: one.sinceUs > 0 && one.before >= 0 && nowUs - one.sinceUs < lingerUs,
    };
  });
}

/** Of the text of arcs: from some two hundred on they are too thin for a line between them. */
const MANY_CHARACTERS = 5000;

const Picture = memo(function Picture({ arcs }: { arcs: string }) {
  return (
    <svg
      className={css.ringPicture}
      data-many={arcs.length > MANY_CHARACTERS}
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      width={SIZE}
      height={SIZE}
      role="img"
      aria-label="The ring"
    >
      {arcs.split(',').map((text) => {
        const [from = 0, to = 0, owner = 0, moved = 0, chosen = 0] = text.split(' ').map(Number);
        return (
          <path
            key={text}
            className={css.arc}
            data-tone={owner % TONES}
            data-moved={moved === 1}
            data-chosen={chosen === 1}
            d={arcPath(from, to, moved === 1 ? 8 : 0)}
          />
        );
      })}
    </svg>
  );
});

/** A piece of the ring, clockwise from the top. */
function arcPath(from: number, to: number, out: number): string {
  const point = (share: number, radius: number) => {
    const angle = share * Math.PI * 2 - Math.PI / 2;
    return `${(MIDDLE + radius * Math.cos(angle)).toFixed(2)},${(MIDDLE + radius * Math.sin(angle)).toFixed(2)}`;
  };
  const outer = OUTER + out;
  const inner = OUTER - THICK;
  const large = to - from > 0.5 ? 1 : 0;
  // A whole circle would end where it begins, and be nothing.
  const end = Math.min(to, from + 0.99999);
  return `M${point(from, outer)}A${outer},${outer},0,${large},1,${point(end, outer)}L${point(end, inner)}A${inner},${inner},0,${large},0,${point(from, inner)}Z`;
}
