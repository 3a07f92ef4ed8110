import type { Place } from '../../../engine/contract/place.ts';
import type { Reader, Reading } from './reading.ts';

/**
 * A partition has a new leader, whose log may have been cut off behind a consumer: before it reads on it asks where the
 * epoch of its last record ends, and goes back to there if that is before its position (KIP-320;
 * SubscriptionState.maybeCompleteValidation). What it had fetched and not read is dropped.
 * @param then told when it may read on
 */
export function validate(
  reading: Reading,
  { place, retryUs }: { place: Place; retryUs: number },
  consumer: Reader,
  then: () => void,
): void {
  const { partition, epoch } = reading;
  reading.validating = true;
  reading.buffer = [];
  const ask = () => {
    const asked = reading.leaderEpoch;
    consumer.askLeader(partition, { api: 'epoch-end', partition, epoch }, (answer) => {
      if (consumer.readings.get(partition) !== reading) return;
      const end = answer?.epochEnd;
      if (end === undefined || reading.leaderEpoch !== asked) {
        place.later(retryUs, ask);
        return;
      }
      reading.validating = false;
      if (end.offset < reading.position) {
        reading.position = end.offset;
        reading.epoch = end.epoch;
      }
      then();
    });
  };
  ask();
}
