import type { PlayProps } from '../model.ts';
import { FaultEditor } from './fault-editor.tsx';
import { Menu } from './menu.tsx';

interface Props extends Pick<PlayProps, 'trace' | 'scenario' | 'actions'> {
  index: number;
  anchor: DOMRect;
  onClose(): void;
}

/** The numbers of a fault on the timeline. */
export function FaultMenu({ index, anchor, onClose, ...props }: Props) {
  const fault = props.scenario.faults.find((one) => one.index === index);
  if (fault === undefined) return null;
  return (
    <Menu label={fault.title} anchor={anchor} onClose={onClose}>
      <FaultEditor {...props} fault={fault} onDeleted={onClose} />
    </Menu>
  );
}
