/**
 * Asks the backplane what it keeps of topics behind a message, one answer for all; null: it keeps nothing, or nobody is
 * to ask.
 */
export type AskBackplane =
  | ((topics: readonly number[], after: number, give: (messages: number[]) => void) => void)
  | null;
