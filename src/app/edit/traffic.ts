import type { ArrivalsKind } from '../../pages/play/model.ts';
import type { ScenarioInput } from '../../scenarios/schema/scenario.ts';

type PublisherInput = ScenarioInput['publishers'][number];

const BURST_SIZE = 10;

/** Changes how the first publisher's messages come, keeping their rate; or their rate, keeping how they come. */
export function setArrivals(
  scenario: ScenarioInput,
  kind: Exclude<ArrivalsKind, 'at'>,
  perSecond: number,
): ScenarioInput {
  return changeFirst(scenario, (publisher) => {
    const size = publisher.arrivals.kind === 'burst' ? publisher.arrivals.size : BURST_SIZE;
    const arrivals = {
      poisson: { kind: 'poisson', perSecond },
      periodic: { kind: 'periodic', everyMs: rounded(1000 / perSecond) },
      burst: { kind: 'burst', everyMs: rounded((1000 / perSecond) * size), size },
    } as const;
    return { ...publisher, arrivals: arrivals[kind] };
  });
}

export function setBytes(scenario: ScenarioInput, bytes: number): ScenarioInput {
  return changeFirst(scenario, (publisher) => ({ ...publisher, bytes }));
}

function changeFirst(
  scenario: ScenarioInput,
  change: (publisher: PublisherInput) => PublisherInput,
): ScenarioInput {
  return {
    ...scenario,
    publishers: scenario.publishers.map((publisher, index) => (index === 0 ? change(publisher) : publisher)),
  };
}

/** Times in a scenario file are written to the microsecond. */
const rounded = (ms: number) => Math.round(ms * 1000) / 1000;
