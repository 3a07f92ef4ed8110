import { effectOf } from '../../pages/play/touch/effects.ts';
import { duration } from '../../views/readout/units.ts';
import { slowestDelivery } from '../slowest.ts';
import type { Command, Topic } from './command.ts';

/** As slow as a satellite with a stop on the way: slower than a usual polling interval. */
const SLOW_RTT_MS = 2000;

/** What is asked of one transport by its name, whatever is selected. */
export const groupCommands: Topic = (controller) => {
  const { run } = controller.store.getState();
  const { header } = run.trace;
  const groups = [...new Set(header?.clients.map(({ group }) => group))];
  return groups.flatMap((group): Command[] => {
    const client = header?.clients.findIndex((one) => one.group === group) ?? -1;
    const title = header?.clients[client]?.groupTitle || group;
    const cut = { kind: 'link-down', label: `Cut ${title}’s link for 2 s`, target: group } as const;
    const slow = {
      kind: 'link-change',
      label: '',
      target: group,
      set: { rttMs: SLOW_RTT_MS },
      forMs: null,
    } as const;
    const slowest = () => slowestDelivery(run.trace, group);
    return [
      {
        id: `why.slowest-${group}`,
        title: `Why was the slowest ${title} message so late?`,
        group: 'Selection',
        effect: () => {
          const found = slowest();
          return found === null
            ? 'Nothing has been delivered yet.'
            : `Message ${found.message} took ${duration(found.latencyUs)}: goes to where it arrived, and tells its story.`;
        },
        enabled: () => slowest() !== null,
        run: () => {
          const found = slowest();
          if (found !== null) controller.tell(found);
        },
      },
      {
        id: `select.${group}`,
        title: `Select ${title}`,
        group: 'Selection',
        effect: () => 'Its story opens, and keys with Shift are about it alone.',
        run: () => controller.select({ kind: 'client', client }),
      },
      {
        id: `fault.cut-${group}`,
        title: cut.label,
        group: 'Faults',
        effect: () => effectOf(cut, header),
        run: () => controller.addFault(cut),
      },
      {
        id: `fault.slow-${group}`,
        title: `Make ${title} slow: a round trip of ${SLOW_RTT_MS / 1000} s`,
        group: 'Faults',
        effect: () => effectOf(slow, header),
        run: () => controller.setNetwork('rttMs', SLOW_RTT_MS, group),
      },
    ];
  });
};
