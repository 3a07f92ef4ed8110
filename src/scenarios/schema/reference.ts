import { missingFor } from '../../engine/contract/option-spec.ts';
import { capital } from '../../trace/names.ts';
import { expectation, type FieldSpec, type Fields, plainNumber } from './fields.ts';
import { LIMITS } from './limits.ts';
import { LINK_FIELDS } from './network-options.ts';
import { type Registries, scenarioField } from './scenario.ts';

const HEAD = `# The scenario file

This page is made from the schema; \`npm run --silent sim -- --reference\` prints it.

A scenario is one JSON file that describes everything that happens in a run. The same file, seed and build give the
same run. Units are in the names: \`…Ms\` milliseconds, \`…Pct\` per cent (0 to 100), \`…Kbps\` kilobits a second. Names of
groups, publishers and rooms begin with a small letter and have up to 40 small letters, digits and hyphens. Unknown
keys and wrong values are refused. Options without "has to be given" may be left out.
`;

/** The reference page of the scenario file, in Markdown. */
export function reference(registries: Registries): string {
  const sections = sectionsOf('', '', scenarioField(registries));
  return `${[HEAD, ...sections, limits()].join('\n')}`;
}

/** A heading for each object, its table, then the objects within it. */
function sectionsOf(path: string, about: string, field: FieldSpec): string[] {
  switch (field.type) {
    case 'object':
      return objectSection(path, about || field.about, field.fields);
    case 'list':
      return sectionsOf(`${path}[]`, `${field.about} ${sentence(expectation(field))}`, field.of);
    case 'variants':
      return [
        `## \`${path}\`\n\n${about || field.about} ${sentence(`takes ${expectation(field)}`)}\n`,
        ...Object.entries(field.kinds).flatMap(([kind, variant]) =>
          objectSection(`${path}`, variant.about, variant.fields, kind),
        ),
      ];
    default:
      return [];
  }
}

function objectSection(path: string, about: string, fields: Fields, kind?: string): string[] {
  const heading =
    kind !== undefined
      ? `### \`${path}\` of kind \`${kind}\``
      : path === ''
        ? '## The whole'
        : `## \`${path}\``;
  if (path !== 'network.access' && isLink(fields)) {
    const other = fields.rttMs?.type === 'number' ? fields.rttMs : undefined;
    const rtt =
      other === undefined || other.default === LINK_FIELDS.rttMs.default
        ? ''
        : ` \`rttMs\` is ${other.default} unless given (${other.source}).`;
    return [`${heading}\n\n${about} The options are those of \`network.access\`.${rtt}\n`];
  }
  // Without a word about it there is nothing to choose.
  const rows = Object.entries(fields).flatMap(([key, field]) => (field.about === '' ? [] : row(key, field)));
  const table =
    rows.length === 0
      ? 'No options.'
      : ['| Option | Takes | Unless given | What it does |', '| --- | --- | --- | --- |', ...rows].join('\n');
  const inner = Object.entries(fields).flatMap(([key, field]) =>
    sectionsOf(path === '' ? key : `${path}.${key}`, '', field),
  );
  return [`${heading}\n\n${about}\n\n${table}\n`, ...inner];
}

const isLink = (fields: Fields) => Object.keys(LINK_FIELDS).every((key) => Object.hasOwn(fields, key));

function row(key: string, field: FieldSpec): string {
  const cells = [`\`${key}\``, expectation(field), fallback(field), field.about + needed(field)];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** What else has to be chosen for an option to have any effect. */
function needed(field: FieldSpec): string {
  const needs = 'needs' in field ? missingFor(field) : '';
  return needs === '' ? '' : ` No effect without ${needs}.`;
}

/** The default and where it comes from. */
function fallback(field: FieldSpec): string {
  if (field.required) return '*has to be given*';
  switch (field.type) {
    case 'object':
      return field.partial ? 'nothing is different' : 'the defaults of its options';
    case 'variants':
      return field.default === null ? '`null`' : `\`${JSON.stringify({ kind: field.default })}\``;
    case 'list':
      return field.default === null ? '–' : `\`${JSON.stringify(field.default)}\``;
    case 'text':
    case 'name':
      return field.default === null && !('orNull' in field) ? '–' : `\`${JSON.stringify(field.default)}\``;
    case 'choice':
      return field.default === null ? field.source : `\`${JSON.stringify(field.default)}\` (${field.source})`;
    default:
      return `\`${JSON.stringify(field.default)}\` (${field.source})`;
  }
}

function limits(): string {
  const rows: [string, number][] = [
    ['Characters of a scenario', LIMITS.textCharacters],
    ['`durationMs`', LIMITS.durationMs],
    ['`settleMs`', LIMITS.settleMs],
    ['Servers', LIMITS.servers],
    ['Clients of all groups together', LIMITS.clients],
    ['Messages a second of all publishers together', LIMITS.messagesPerSecond],
    ['Deliveries: messages times the clients that watch their room', LIMITS.deliveries],
    ['Events of a run, as estimated before it', LIMITS.events],
  ];
  const table = [
    '| What | At most |',
    '| --- | --- |',
    ...rows.map(([what, most]) => `| ${what} | ${plainNumber(most)} |`),
  ];
  return `## Limits\n\nWhat would exceed a limit is refused before the run.\n\n${table.join('\n')}\n`;
}

const sentence = (text: string) => `${capital(text)}.`;
