import type { Cause } from '../judge.ts';

/** Why records of the network are missed, as far as is known. Said of what misses only. */

export const headOfLineCauses: Cause[] = [
  {
    record: /ws_100_nagle$/,
    metric: /p99/,
    cause:
      'a run of 100 s has ten to twenty lost packets, each late with its ten messages and the fifteen behind; p99 ' +
      'counts them, and the measured run had few. Its largest latency is that of the simulated runs',
  },
  {
    record: /R 200, loss 1 %, ws_20$/,
    cause:
      'the measured run lost more than its share: 11.7 % of its messages are late, where losses of 1 % delay some 7 %; ' +
      'the UDP stream beside it lost 0.75 %',
  },
  {
    record: /R 200, loss 5 %, ws_100$/,
    cause:
      'one run of 100 s with a few stalls of 1 to 2 s in it, each of which holds back a hundred messages; such runs ' +
      'occur here too (one in eight has its largest latency beyond the measured one), but are not the typical run',
  },
];

export const transferCauses: Cause[] = [
  {
    record: /: 1000000 B fresh/,
    cause:
      'the three measured runs took 7 to 10 round trips, the simulated ones 7, as slow start alone would have it. It is ' +
      'neither the congestion window (the second megabyte on the same connection takes one round trip, here and there) ' +
      'nor the send buffer (7 by its rules, however late the process wakes up to fill it). The receive window does not ' +
      'grow by what waits in the socket when the reader looks (Linux 6.16 and later): a reader that is 100 µs late finds ' +
      'part of a burst there. The kernel’s own trace shows it, measured again at R 100: 200 kB took 4 or 5 round trips, ' +
      '300 kB 5 or 6, 500 kB 6 or 7, 1 MB 7 to 9. Here the reader is never late',
  },
  {
    record: /^R \d+: 1000000 B warm/,
    cause:
      'a burst of 690 packets; the emulator takes some 10 µs for each, more when it is not scheduled in time',
  },
  {
    record: /Mbit\/s.*: 1000000 B warm/,
    cause:
      'one of the three measured runs took a tenth longer; every simulated run takes what the other two took',
  },
  {
    record: /queue 256000: beside a download/,
    metric: /p99/,
    cause:
      'a packet of the WebSocket met a full queue in the measured run and was repeated behind 2 s of it; in 25 s there ' +
      'are one or two moments at which that can happen',
  },
];

export const singleLossCauses: Cause[] = [
  {
    record: /gap (10|20)$/,
    metric: /late messages/,
    cause:
      'how many messages wait for the window after the loss hangs on the window at that moment, hence on the pause ' +
      'between warming and loss, which the record does not tell',
  },
];
