import type {
  BranchesModel,
  ComparedSide,
  ComparisonModel,
  GhostModel,
} from '../../pages/play/branches/model.ts';
import type { PlayState } from '../store.ts';
import { type BranchList, branchOf, isOriginal, MOST_BRANCHES, originalBranch } from './branch-list.ts';

/** What the page shows of the branches. */
export function branchesModel(list: BranchList): BranchesModel {
  return {
    items: list.all.map((branch) => ({
      id: branch.id,
      name: branch.name,
      forkUs: isOriginal(branch) ? null : branch.forkUs,
      from: branchOf(list, branch.parent)?.name ?? null,
      seed: branch.plan.seed,
      pinned: branch.pinned,
    })),
    current: list.current,
    ghost: list.ghost,
    original: originalBranch(list).id,
    most: MOST_BRANCHES,
    letGo: list.letGo,
  };
}

/** The earlier run to draw beside the current one, once it is there. */
export function ghostModel({
  branches,
  ghostRun,
}: Pick<PlayState, 'branches' | 'ghostRun'>): GhostModel | null {
  const branch = branchOf(branches, branches.ghost);
  return branch === undefined || ghostRun === null ? null : { name: branch.name, trace: ghostRun.trace };
}

type Compared = Pick<PlayState, 'branches' | 'comparison' | 'comparedRuns' | 'failedRuns'>;

export function comparisonModel(state: Compared): ComparisonModel | null {
  const { branches, comparison, comparedRuns, failedRuns } = state;
  if (comparison === null) return null;
  const side = (id: number, index: 0 | 1): ComparedSide | null => {
    const branch = branchOf(branches, id);
    if (branch === undefined) return null;
    const { name, plan } = branch;
    const trace = comparedRuns[index]?.trace ?? null;
    return { id, name, seed: plan.seed, trace, failure: failedRuns.get(plan) ?? null };
  };
  const [a, b] = [side(comparison.a, 0), side(comparison.b, 1)];
  return a === null || b === null ? null : { a, b };
}
