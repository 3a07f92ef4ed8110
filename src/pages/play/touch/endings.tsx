import type { Trace } from '../../../trace/trace.ts';
import type { TimelineFault } from '../../../views/index.ts';
import { concernsPlace } from '../../../views/reading/faults.ts';
import { isDirect } from '../../../views/reading/places.ts';
import { serverOfClient } from '../../../views/stage/server-of.ts';
import type { PlayProps } from '../model.ts';
import { useMoment } from '../use-moment.ts';
import { MEND_EFFECT } from './effects.ts';
import { Choice } from './menu.tsx';

interface EndingsProps extends Pick<PlayProps, 'scenario' | 'player' | 'actions'> {
  onClose(): void;
  /** Whether a fault is to be seen where the menu was opened. */
  concerns(fault: TimelineFault, nowUs: number): boolean;
}

/** What can be brought to an end where it is drawn: the faults that are in force there as the playhead stands. */
export function Endings({ concerns, scenario: { timeline }, player, actions, onClose }: EndingsProps) {
  const inForce = useMoment(player, (nowUs) =>
    timeline
      .flatMap((fault, index) =>
        fault.atUs <= nowUs && nowUs < fault.endUs && concerns(fault, nowUs) ? [index] : [],
      )
      .join(' '),
  );
  const end = (index: number) => {
    actions.endFault(index);
    onClose();
  };
  const indexes = inForce === '' ? [] : inForce.split(' ').map(Number);
  return indexes.map((index) => {
    const fault = timeline[index] as TimelineFault;
    const isCut = fault.way !== undefined || fault.parted !== undefined;
    return (
      <Choice
        key={index}
        label={`End it now: ${fault.label}`}
        effect={isCut ? MEND_EFFECT : 'From now on it is over; what has come of it goes on.'}
        onChoose={() => end(index)}
      />
    );
  });
}

/** A fault of a process: what is done to it, and what cuts it off from others. */
export const isOfPlace = (trace: Trace, fault: TimelineFault, place: number): boolean =>
  concernsPlace(trace, fault, place) ||
  fault.parted?.from.includes(place) === true ||
  fault.parted?.to.includes(place) === true;

/** A fault of a link of hop 2, by its number: on the link itself, or on all links of one of its ends. */
export function isOfPeer({ header }: Trace, fault: TimelineFault, link: number): boolean {
  const { from = -1, to = -1, name = '' } = header?.links[link] ?? {};
  const { parted, target, kind } = fault;
  if (parted !== undefined)
    return (
      (parted.from.includes(from) && parted.to.includes(to)) ||
      (parted.from.includes(to) && parted.to.includes(from))
    );
  const names = [name, header?.places[from]?.name, header?.places[to]?.name];
  return (kind === 'link-down' || kind === 'link-change') && names.includes(target);
}

/**
 * A fault of the server's link that is drawn at its clients' links, as nothing stands between. The only server's link is
 * that of all clients, and is mended as theirs are.
 */
export function isOfServerBehind(
  trace: Trace,
  { way, target }: TimelineFault,
  client: number,
  nowUs: number,
): boolean {
  const { servers = [] } = trace.header ?? {};
  if (way === undefined || !isDirect(trace.header) || servers.length < 2) return false;
  return target === servers[serverOfClient(trace, client, nowUs)]?.name;
}
