import type { Trace } from '../../../trace/trace.ts';
import type { Selection } from '../../../views/index.ts';
import type { FaultOffer } from '../model.ts';
import { clientOffers, placeOffers, serverOffers } from '../touch/offers.ts';
import { packetOffers } from '../touch/packet-offers.ts';

/** What can be tried with something that is selected. */
export function offersFor(trace: Trace, selection: Selection): FaultOffer[] {
  switch (selection.kind) {
    case 'packet':
      return packetOffers(trace, selection.seq);
    case 'client':
      return clientOffers(trace, selection.client);
    case 'server':
      return serverOffers(trace, selection.server);
    case 'place':
      return placeOffers(trace, selection.place);
    default:
      return [];
  }
}
