import type { PresetItem } from './model.ts';
import styles from './scenario-choices.module.css';
import type { ScenarioGroup } from './scenario-groups.ts';

interface Props {
  /** What its elements' ids begin with. */
  id: string;
  label: string;
  groups: readonly ScenarioGroup[];
  /** Id of the preset that is shown now; null: it is none of them. */
  current: string | null;
  /** Id of the preset that Enter would open. */
  active: string | undefined;
  onPoint(preset: PresetItem): void;
  onChoose(preset: PresetItem): void;
}

/** The element of one preset, for the field that has the keys. */
export const optionId = (id: string, preset: string): string => `${id}-${preset}`;

/** A listbox of presets under their headings. The keys are with the field above it. */
export function ScenarioList({ id, label, groups, current, active, onPoint, onChoose }: Props) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label={label}
      tabIndex={-1}
      className={styles.list}
      // The focus stays where it is: an option cannot have it, and without it the box would close.
      onMouseDown={(event) => event.preventDefault()}
    >
      {groups.map(({ title, presets }, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
        <div key={title} role="group" aria-labelledby={`${id}-group-${index}`}>
          <div id={`${id}-group-${index}`} className={styles.heading}>
            {title}
          </div>
          {presets.map((preset) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: it is the field's active descendant
            <div
              key={preset.id}
              id={optionId(id, preset.id)}
              role="option"
              className={styles.option}
              aria-selected={preset.id === active}
              aria-current={preset.id === current}
              onPointerMove={() => onPoint(preset)}
              onClick={() => onChoose(preset)}
            >
              <b>
                {preset.title}
                {preset.id === current && <small> · shown now</small>}
              </b>
              <span>{preset.about}</span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
