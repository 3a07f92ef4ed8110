import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Books } from './books.ts';
import type { Config } from './config.ts';
import type { Sizes } from './wire.ts';

/** What all parts of the backplane share. */
export interface Home {
  readonly io: BackplaneIo;
  readonly config: Config;
  readonly books: Books;
  readonly sizes: Sizes;
}
