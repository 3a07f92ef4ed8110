import type { PublisherPlan } from '../../engine/contract/plan.ts';
import type { TrafficModel } from '../../pages/play/model.ts';

/** What the controls say of the traffic: that of the first publisher. Null: nobody publishes. */
export function trafficOf(publishers: readonly PublisherPlan[]): TrafficModel | null {
  const first = publishers[0];
  if (first === undefined) return null;
  return {
    kind: first.arrivals.kind,
    perSecond: rateOf(first.arrivals),
    bytes: first.bytes,
    publisher: first.name,
    others: publishers.length - 1,
  };
}

function rateOf(arrivals: PublisherPlan['arrivals']): number | null {
  switch (arrivals.kind) {
    case 'poisson':
      return arrivals.perSecond;
    case 'periodic':
      return 1000 / arrivals.everyMs;
    case 'burst':
      return (1000 / arrivals.everyMs) * arrivals.size;
    case 'at':
      return null;
  }
}
