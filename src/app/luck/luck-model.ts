import type { Plan } from '../../engine/contract/plan.ts';
import type { LuckModel } from '../../pages/play/branches/model.ts';
import type { Report } from '../../scenarios/report.ts';
import { groupTitle } from '../titles.ts';
import type { LuckDesk, LuckState } from './luck-desk.ts';

/**
 * What the page shows of luck.
 * @param report of the run that is shown, once there is one
 */
export function luckModel(
  state: LuckState,
  offer: ReturnType<LuckDesk['offer']>,
  plan: Plan,
  report: Report | null,
): LuckModel {
  const { judge, results } = state;
  const here = report === null ? results.find(({ seed }) => seed === plan.seed) : judge?.resultOf(report);
  return {
    state: state.state,
    failure: state.failure,
    done: results.length,
    of: state.of,
    offer,
    seed: plan.seed,
    groups: plan.clients.flatMap(({ name, transport }) => {
      const group = { name, title: groupTitle(plan, name), transport: transport.kind };
      return judge?.luckOfGroup(group, results, here?.groups[name] ?? null) ?? [];
    }),
  };
}
