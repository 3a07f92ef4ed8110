import { REPORT_SECTIONS } from './report-fields.ts';

const HEAD = `# The report

This page is made from the names that the program knows; \`npm run --silent sim -- --report-reference\` prints it.

A run ends in a report, one JSON object (\`--json\`). Every key is always there. Two runs of one scenario differ in
\`engine.wallMs\` alone. Each number is a metric by its path, for \`expect\` in the scenario file:
\`groups.sse.deliveries.latencyMs.p99\`, \`servers.server-1.busyMs\`, \`totals.deliveries.latencyMs.quantiles[50]\`.
\`GROUP\` stands for the name of a group of clients, \`SERVER\` for \`server-1\`, \`server-2\` …
`;

const TAIL = `## Beside the numbers

\`scenario\` has the \`name\`, the \`seed\` and the \`durationMs\` of what was run. \`expectations\` is a list with an entry for
each \`expect\` of the scenario: \`metric\`, \`min\`, \`max\`, the \`actual\` number (null where there is no sample, which fails)
and whether it is \`ok\`.
`;

/** The reference page of the report, in Markdown. */
export function reportReference(): string {
  const sections = REPORT_SECTIONS.map(([path, about, numbers]) => {
    const rows = Object.entries(numbers).map(([key, meaning]) => `| \`${key}\` | ${meaning} |`);
    return `## \`${path}\`\n\n${about}\n\n| Number | What it is |\n| --- | --- |\n${rows.join('\n')}\n`;
  });
  return [HEAD, ...sections, TAIL].join('\n');
}
