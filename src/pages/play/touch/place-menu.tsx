import type { PlayProps } from '../model.ts';
import { effectOf } from './effects.ts';
import { Choice, Menu } from './menu.tsx';
import { placeableOffers } from './offers.ts';
import styles from './touch.module.css';

interface Props extends Pick<PlayProps, 'trace' | 'actions'> {
  /** Which clients it is to hit; null: all. */
  target: string | null;
  anchor: DOMRect;
  onClose(): void;
}

/** What can be put onto the timeline. Where it goes is said there. */
export function PlaceMenu({ trace, target, anchor, actions, onClose }: Props) {
  return (
    <Menu label="Put a fault on the timeline" anchor={anchor} onClose={onClose}>
      <h2 className={styles.menuTitle}>Put on the timeline</h2>
      {placeableOffers(target, trace.header).map((offer) => (
        <Choice
          key={offer.label}
          label={offer.label}
          effect={effectOf(offer, trace.header)}
          onChoose={() => {
            onClose();
            actions.place(offer);
          }}
        />
      ))}
    </Menu>
  );
}
