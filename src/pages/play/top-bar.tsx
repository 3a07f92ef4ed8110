import type { PlayProps, Theme } from './model.ts';
import { Logo, ThemeIcon } from './parts/icons.tsx';
import { ScenarioMenu } from './scenario-menu.tsx';
import styles from './top-bar.module.css';

const NEXT_THEME: Record<Theme, Theme> = { system: 'dark', dark: 'light', light: 'system' };
const THEME_NAME: Record<Theme, string> = { system: 'as the system', dark: 'dark', light: 'light' };

/** Name of the place, the scenario, and what can be done with all of it. */
export function TopBar(props: PlayProps) {
  const { theme, actions } = props;
  return (
    <header className={styles.bar}>
      <h1 className={styles.brand}>
        <Logo /> Hopscope
      </h1>
      <ScenarioMenu {...props} />
      <div className={styles.buttons}>
        <button type="button" className={styles.button} onClick={() => actions.share()}>
          Share
        </button>
        <button
          type="button"
          className={styles.button}
          aria-label="List of keys"
          title="List of keys (?)"
          onClick={() => actions.showKeys(true)}
        >
          ?
        </button>
        <button
          type="button"
          className={styles.button}
          aria-label={`Theme: ${THEME_NAME[theme]}. Change to: ${THEME_NAME[NEXT_THEME[theme]]}`}
          title={`Theme: ${THEME_NAME[theme]}`}
          onClick={() => actions.setTheme(NEXT_THEME[theme])}
        >
          <ThemeIcon />
        </button>
      </div>
    </header>
  );
}
