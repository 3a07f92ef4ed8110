import { useMemo } from 'react';
import type { PlayProps } from '../../pages/play/model.ts';
import type { Controller } from '../controller.ts';
import { luckModel } from '../luck/luck-model.ts';
import type { PlayState } from '../store.ts';
import { branchesModel, comparisonModel, ghostModel } from './branch-model.ts';

/** What the page shows of branches and of luck, out of the store. */
export function useBranchProps(
  state: PlayState,
  controller: Controller,
): Pick<PlayProps, 'branches' | 'ghost' | 'comparison' | 'luck'> {
  const { branches, ghostRun, comparison, comparedRuns, failedRuns, luck, plan, run } = state;
  // The report that belongs to the scenario as it is now, which may be on its way.
  const report = run.plan === plan ? run.report : null;
  const { luck: desk } = controller;
  return {
    branches: useMemo(() => branchesModel(branches), [branches]),
    ghost: useMemo(() => ghostModel({ branches, ghostRun }), [branches, ghostRun]),
    comparison: useMemo(
      () => comparisonModel({ branches, comparison, comparedRuns, failedRuns }),
      [branches, comparison, comparedRuns, failedRuns],
    ),
    luck: useMemo(() => luckModel(luck, desk.offer(), plan, report), [luck, desk, plan, report]),
  };
}
