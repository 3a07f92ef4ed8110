import { memo } from 'react';
import { count } from '../readout/units.ts';
import { transportColor } from '../theme/colors.ts';
import type { Column } from './columns.ts';
import styles from './costs.module.css';
import type { GroupCosts } from './model.ts';

interface CostRowProps {
  costs: GroupCosts;
  columns: Column[][];
  chosen: boolean;
  pointed: boolean;
  onPoint(on: boolean): void;
  onChoose(): void;
}

/** A group with its figures. Drawn anew only when one of them has changed, which is rarer than a frame. */
export const CostRow = memo(function CostRow(props: CostRowProps) {
  const { costs, columns, chosen, pointed, onPoint, onChoose } = props;
  return (
    <tr
      data-selected={chosen}
      data-pointed={pointed}
      onPointerEnter={() => onPoint(true)}
      onPointerLeave={() => onPoint(false)}
      onFocus={() => onPoint(true)}
      onBlur={() => onPoint(false)}
    >
      <th scope="row">
        <button type="button" className={styles.group} onClick={onChoose}>
          <i style={{ background: transportColor(costs.transport) }} />
          <span className={styles.title}>{costs.title}</span>
        </button>
        {costs.clients > 1 && <div className={styles.members}>{count(costs.clients)} clients</div>}
      </th>
      {columns.map((column) => (
        <td key={column[0]?.title}>
          {column.map((figure) => (
            <div key={figure.title} data-alarm={figure.alarm?.(costs) ?? false}>
              {figure.value(costs)}
            </div>
          ))}
        </td>
      ))}
    </tr>
  );
}, sameFigures);

function sameFigures(a: CostRowProps, b: CostRowProps): boolean {
  if (a.columns !== b.columns || a.chosen !== b.chosen || a.pointed !== b.pointed) return false;
  return (Object.keys(a.costs) as (keyof GroupCosts)[]).every((key) => a.costs[key] === b.costs[key]);
}
