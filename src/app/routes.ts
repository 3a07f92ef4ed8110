/** The pages that there are; each has an address of its own. */
export type PageName = 'play' | 'compare';

/** Whose address a fragment is. Everything that is no other page's is Play's, which says what is wrong with it. */
export function pageOf(hash: string): PageName {
  return /^#\/compare(\?|$)/.test(hash) ? 'compare' : 'play';
}
