import type { Plan } from '../engine/contract/plan.ts';
import type { BadInput } from '../pages/play/model.ts';
import { FIRST_SHOWN } from '../pages/play/shown.ts';
import type { ScenarioInput } from '../scenarios/validate.ts';
import type { Place } from './address.ts';
import { firstBranch } from './branches/branch-list.ts';
import { NO_LUCK } from './luck/luck-desk.ts';
import type { Speed } from './player.ts';
import { FIRST_PLAN, FIRST_PRESET } from './presets.ts';
import { rulesNow } from './rules.ts';
import { storedSettings } from './settings.ts';
import type { PlayState } from './store.ts';
import { storedTheme } from './theme.ts';
import type { RunInPage } from './worker/client.ts';

/** What the page shows when it is opened. @param run the run of the place's scenario, just begun */
export function firstState(place: Place, badInput: BadInput | null, run: RunInPage, speed: Speed): PlayState {
  const { plan } = run;
  return {
    scenario: place.scenario,
    preset: place.preset,
    plan,
    run,
    progress: '',
    selection: place.selection ?? null,
    past: [],
    future: [],
    theme: storedTheme(),
    badInput,
    toast: null,
    announcement: '',
    keysShown: false,
    paletteShown: false,
    paletteTyped: '',
    settings: storedSettings(),
    shown: { ...FIRST_SHOWN, ...place.shown },
    caption: place.caption ?? null,
    embed: place.embed ?? null,
    branch: place.branch ?? null,
    presenting: false,
    blank: false,
    placing: null,
    presets: [],
    speed,
    branches: firstBranch({ scenario: place.scenario, preset: place.preset, plan }),
    ghostRun: null,
    comparison: null,
    comparedRuns: [null, null],
    failedRuns: new Map(),
    luck: NO_LUCK,
    renewal: null,
    rules: rulesNow(),
  };
}

/** The plan of a scenario that is known to hold water: whoever found that out has had the rules brought. */
export function planOf(scenario: ScenarioInput): Plan {
  if (scenario === FIRST_PRESET.scenario) return FIRST_PLAN;
  const rules = rulesNow();
  if (rules === null) throw new Error('a scenario was opened before the rules were there');
  const validation = rules.validate(scenario);
  return validation.ok ? validation.plan : FIRST_PLAN;
}
