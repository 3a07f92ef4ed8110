import type { Place } from '../../../engine/contract/place.ts';
import type { Failure } from '../protocol.ts';
import type { ConsumerHome, Reader, Reading } from './reading.ts';

/** Where a consumer begins, and how it remembers where it is. */
export interface Commits {
  /** Finds out where to begin in partitions that are new to it. */
  begin(partitions: readonly number[], then: () => void): void;
  /** Begins where `auto.offset.reset` says. */
  reset(readings: readonly Reading[], then: () => void): void;
  /** Commits where it stands, again and again until the coordinator answers. */
  commit(then: () => void): void;
  /** What a poll does with `enable.auto.commit`: commits if it is time, and waits for nothing. */
  commitNowAndThen(now?: boolean): void;
}

/** What the group went on without has nobody to tell. */
const OUTSIDE: readonly Failure[] = ['unknown member', 'illegal generation'];

export function committing(home: ConsumerHome, place: Place, consumer: Reader): Commits {
  const { config, witness, io } = home;
  const retryUs = config.retryBackoffMs * 1000;
  let dueUs = io.sim.kernel.nowUs + config.autoCommitUs;

  /** A reading that it still has. */
  const isIts = (reading: Reading) => consumer.readings.get(reading.partition) === reading;

  const reset = (readings: readonly Reading[], then: () => void) => {
    for (const reading of readings) resetOne(reading, then);
  };

  const resetOne = (reading: Reading, then: () => void) => {
    const { partition } = reading;
    const request = { api: 'list-offsets', partitions: [partition], which: config.offsetReset } as const;
    consumer.askLeader(partition, request, (answer) => {
      if (!isIts(reading)) return;
      const offset = answer?.offsets?.[0]?.[1];
      if (offset === undefined) {
        place.later(retryUs, () => resetOne(reading, then));
        return;
      }
      witness.skipped(place, consumer.group, partition, offset);
      reading.position = offset;
      then();
    });
  };

  const begin = (partitions: readonly number[], then: () => void) => {
    const request = { api: 'offset-fetch', group: consumer.group, partitions: [...partitions] } as const;
    const readings = partitions.map((partition) => consumer.readings.get(partition) as Reading);
    consumer.ask(request, config.requestTimeoutUs, (answer) => {
      const its = readings.filter(isIts);
      if (answer?.offsets === undefined) {
        place.later(retryUs, () => {
          const left = readings.filter(isIts).map(({ partition }) => partition);
          if (left.length > 0) begin(left, then);
        });
        return;
      }
      const known = new Map(answer.offsets);
      for (const reading of its) {
        reading.committed = known.get(reading.partition) ?? -1;
        reading.position = reading.committed;
      }
      reset(
        its.filter(({ position }) => position < 0),
        then,
      );
      then();
    });
  };

  const send = (again: boolean, then: () => void) => {
    const news = [...consumer.readings.values()].filter(
      ({ position, committed }) => position >= 0 && position !== committed,
    );
    if (news.length === 0) return then();
    const offsets = news.map(({ partition, position }): [number, number] => [partition, position]);
    const { member } = consumer;
    const request = {
      api: 'offset-commit',
      group: consumer.group,
      member: member?.id ?? 0,
      generation: member?.generation ?? -1,
      offsets,
    } as const;
    consumer.ask(request, config.requestTimeoutUs, (answer) => {
      if (answer === null) {
        if (again) place.later(retryUs, () => send(again, then));
        else {
          // The next poll after `retry.backoff.ms` tries again (autoCommitOffsetsAsync).
          dueUs = Math.min(dueUs, io.sim.kernel.nowUs + retryUs);
          then();
        }
        return;
      }
      if (answer.failure === '') {
        news.forEach((reading, i) => {
          reading.committed = offsets[i]?.[1] as number;
          witness.committed(place, reading.partition, reading.committed);
        });
      } else if (OUTSIDE.includes(answer.failure)) member?.lost();
      then();
    });
  };

  return {
    begin,
    reset,
    commit: (then) => send(true, then),
    commitNowAndThen(now = false) {
      if (config.commit !== 'auto' || (!now && io.sim.kernel.nowUs < dueUs)) return;
      dueUs = io.sim.kernel.nowUs + config.autoCommitUs;
      send(false, () => {});
    },
  };
}
