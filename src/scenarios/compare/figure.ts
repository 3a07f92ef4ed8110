import type { GroupReport, Report } from '../report.ts';

/** A row of the table: one figure of each variant's report. */
export interface Figure {
  /** Where it stands in the report, or what it is made of. */
  id: string;
  section: string;
  title: string;
  unit: 'ms' | 'kB' | 'B' | '';
  /** Which is better; null: it is a fact and no merit. */
  better: 'less' | 'more' | null;
  about: string;
  /** null: no sample, or no run yet. */
  values: (number | null)[];
}

/** A figure, and where a report has it. */
export type Row = Omit<Figure, 'values'> & {
  of(report: Report, group: Part): number | null;
  /** Shown only where there is any; or, if it says so itself, where it is of use to one of the reports. */
  seldom?: true | ((report: Report) => boolean);
};
/** What a report says of one group, or of all together. */
export type Part = Pick<GroupReport, 'deliveries' | 'setupMs' | 'wire'> & Partial<GroupReport>;

/** A row that every table has. */
export const row = (
  section: string,
  id: string,
  title: string,
  unit: Row['unit'],
  better: Row['better'],
  about: string,
  of: Row['of'],
): Row => ({ section, id, title, unit, better, about, of });

/** A row that is left out where all of it is nothing. */
export const seldom = (...args: Parameters<typeof row>): Row => ({ ...row(...args), seldom: true });
