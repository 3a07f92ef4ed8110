import {
  BACKPLANE_NUMBERS,
  BALANCED_SERVER_NUMBERS,
  BALANCER_NUMBERS,
  CONNECTIONS_NUMBERS,
  DELIVERIES_NUMBERS,
  ENGINE_NUMBERS,
  GROUP_NUMBERS,
  HTTP_NUMBERS,
  type Numbers,
  SERVER_NUMBERS,
  SNAPSHOTS_NUMBERS,
  SUMMARY_NUMBERS,
  TOPICS_NUMBERS,
  TOTALS_NUMBERS,
  WIRE_NUMBERS,
} from './report-fields.ts';

const HEAD = `# The report

This page is made from the names that the program knows; \`npm run --silent sim -- --report-reference\` prints it.

A run ends in a report, one JSON object (\`--json\`). Every key is always there. Two runs of one scenario differ in
\`engine.wallMs\` alone. Each number is a metric by its path, for \`expect\` in the scenario file:
\`groups.sse.deliveries.latencyMs.p99\`, \`servers.server-1.busyMs\`, \`totals.deliveries.latencyMs.quantiles[50]\`.
\`GROUP\` stands for the name of a group of clients, \`SERVER\` for \`server-1\`, \`server-2\` …
`;

const READY =
  'A client is ready, for the first time, with the first byte of its first response (polling, long polling), the headers of the stream (SSE) or the 101 (WebSocket).';

const SECTIONS: readonly (readonly [path: string, about: string, numbers: Numbers])[] = [
  ['groups.GROUP', `A group of clients. ${READY}`, GROUP_NUMBERS],
  ['groups.GROUP.deliveries', 'What came of the messages.', DELIVERIES_NUMBERS],
  [
    'groups.GROUP.deliveries.latencyMs',
    'A summary, one sample for each message that was expected and delivered: from the moment when the source had it accepted to the moment when the client’s application has it. `quantiles` has the 0 %, 1 % … 100 % quantiles.',
    SUMMARY_NUMBERS,
  ],
  [
    'groups.GROUP.setupMs',
    'A summary, one sample for each client that got ready: from its wish to connect, DNS included, to that moment. Reconnections add none.',
    SUMMARY_NUMBERS,
  ],
  ['groups.GROUP.http', 'Requests.', HTTP_NUMBERS],
  ['groups.GROUP.connections', 'TCP connections, as the clients see them.', CONNECTIONS_NUMBERS],
  [
    'groups.GROUP.wire',
    'The access links of the group, DNS and pure acknowledgements included.',
    WIRE_NUMBERS,
  ],
  ['groups.GROUP.snapshots', 'Snapshots of rooms.', SNAPSHOTS_NUMBERS],
  [
    'totals',
    'All groups together; `deliveries` and `wire` have the numbers that groups have.',
    TOTALS_NUMBERS,
  ],
  ['servers.SERVER', 'A server.', SERVER_NUMBERS],
  ['loadBalancer', 'The load balancer; the key is there where the edge has one.', BALANCER_NUMBERS],
  ['loadBalancer.servers.SERVER', 'What it gave to a server.', BALANCED_SERVER_NUMBERS],
  ['backplane', 'Hop 2. `kind` says which backplane it was.', BACKPLANE_NUMBERS],
  ['backplane.wire', 'All links between sources, nodes and servers.', WIRE_NUMBERS],
  ['topics', 'How messages were laid out on topics (`topics` of the scenario).', TOPICS_NUMBERS],
  [
    'engine',
    '`fingerprint` is the same wherever the same run is made: 16 hexadecimal digits over every record. `wallMs`, the time that it took, is no metric.',
    ENGINE_NUMBERS,
  ],
];

const TAIL = `## Beside the numbers

\`scenario\` has the \`name\`, the \`seed\` and the \`durationMs\` of what was run. \`expectations\` is a list with an entry for
each \`expect\` of the scenario: \`metric\`, \`min\`, \`max\`, the \`actual\` number (null where there is no sample, which fails)
and whether it is \`ok\`.
`;

/** The reference page of the report, in Markdown. */
export function reportReference(): string {
  const sections = SECTIONS.map(([path, about, numbers]) => {
    const rows = Object.entries(numbers).map(([key, meaning]) => `| \`${key}\` | ${meaning} |`);
    return `## \`${path}\`\n\n${about}\n\n| Number | What it is |\n| --- | --- |\n${rows.join('\n')}\n`;
  });
  return [HEAD, ...sections, TAIL].join('\n');
}
