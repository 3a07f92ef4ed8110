import type { Report, ServerReport } from '../report.ts';
import { type Row, row, seldom } from './figure.ts';

/** A row about threads: of use where a server has a pool of them, be it never exhausted. */
const ofThreads = (key: ThreadFigure, ...args: [string, Row['unit'], Row['better'], string]): Row => ({
  ...row(SERVERS, `servers.${key}`, ...args, (report) =>
    key === 'requestsRefused'
      ? total(report, (server) => server[key])
      : peak(report, (server) => server[key]),
  ),
  seldom: (report) => peak(report, ({ threadsPeak }) => threadsPeak) > 0,
});

type ThreadFigure = 'threadsPeak' | 'threadWaitPeakMs' | 'requestsRefused';

const TOPIC_WORDS = {
  topics: 'Topics that there are: rooms, or users.',
  subscriptions: 'Times that a server began to subscribe to a topic.',
  publishes: 'Updates, their copies, or signals, as they were published.',
  reads: 'Reads of cached entries by servers.',
} as const;

const SERVERS = 'Servers';

/** Rows about the servers, and what they did in hop 2. */
export const SERVER_ROWS: readonly Row[] = [
  row(SERVERS, 'servers.busyMs', 'CPU', 'ms', 'less', 'CPU time of all servers together.', (report) =>
    total(report, ({ busyMs }) => busyMs),
  ),
  row(
    SERVERS,
    'servers.queuedPeakMs',
    'longest wait for the CPU',
    'ms',
    'less',
    'Of any piece of work at any server.',
    (report) => peak(report, ({ queuedPeakMs }) => queuedPeakMs),
  ),
  ofThreads('threadsPeak', 'threads at work', '', null, 'The most that any server had taken at once.'),
  ofThreads(
    'threadWaitPeakMs',
    'longest wait for a thread',
    'ms',
    'less',
    'Of any request at any server; one that goes on when the run ends counts as far as it has got.',
  ),
  ofThreads(
    'requestsRefused',
    'refused for want of a thread',
    '',
    'less',
    'Requests whose connection was closed, as too many waited already.',
  ),
  row(
    SERVERS,
    'servers.sends',
    'written to clients',
    '',
    null,
    'Updates that servers wrote, once for each client.',
    (report) => total(report, ({ sends }) => sends),
  ),
  ...(['topics', 'subscriptions', 'publishes', 'reads'] as const).map((key) =>
    (key === 'reads' ? seldom : row)(
      'Hop 2',
      `topics.${key}`,
      key,
      '',
      null,
      TOPIC_WORDS[key],
      ({ topics }) => topics[key],
    ),
  ),
];

const total = ({ servers }: Report, of: (server: ServerReport) => number) =>
  Object.values(servers).reduce((sum, server) => sum + of(server), 0);

const peak = ({ servers }: Report, of: (server: ServerReport) => number) =>
  Math.max(0, ...Object.values(servers).map(of));
