import type { Cause } from '../judge.ts';

/** Why records of whole scenarios are missed, as far as is known. Said of what misses only. */

export const setupCauses: Cause[] = [
  {
    record: /loss 0 %/,
    metric: /p99/,
    cause:
      'the rig: without loss nothing but its scheduler can be late, and one or two of its samples are, by 50 to 200 ms',
  },
  {
    record: /loss [1-9]/,
    cause:
      'sampling: with 90 to 190 samples the quantile falls on a step of the distribution, a timeout or none',
  },
];

export const updateLatencyCauses: Cause[] = [
  {
    record: /^(ws|sse|longpoll).* loss 0 %/,
    cause:
      'the rig: one process wrote each event to 80 clients, and 20 processes woke up for it at the same moment; it was ' +
      '2 to 4 ms late, and some samples more',
  },
  {
    record: /loss [1-9]/,
    cause:
      'luck of one run: messages that wait behind one loss are late together, so that 313 of them are not 313 samples',
  },
];

export const deathCauses: Cause[] = [
  {
    record: /^SIGKILL/,
    metric: /p9/,
    cause:
      'in one of the eight kills the rig’s process took 1.5 s to be gone, at both round-trip times alike',
  },
  {
    record: /^goodbye/,
    cause: 'three messages in turn through two Node processes: 8 ms that are no round trips, not modelled',
  },
];

export const browserCauses: Cause[] = [
  {
    record: /^WebSocket, open/,
    cause: 'Chromium’s own work between page and network, 9 to 37 ms in five openings, is not modelled',
  },
];
