import type { ViewProps } from '../../views/index.ts';

/** What every view of the page is given. */
export interface PageView extends ViewProps {
  onSeek(us: number): void;
}
