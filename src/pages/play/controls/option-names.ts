import { asWords } from '../../../views/reading/words.ts';

/** What the control of an option is called: `intervalMs` is a name for files; the unit stands beside the value. */
export const nameOf = (key: string): string => asWords(key.replace(/(Ms|Bytes)$/, '')).replace('cpu', 'CPU');

/** What an option needs and has not, with options called as their controls are, and values as these list them. */
export const needWords = (missing: string): string =>
  missing
    .split(', ')
    .map((one) => one.replace(/^\w+/, nameOf).replace(/=true$/, ' on'))
    .join(', ');
