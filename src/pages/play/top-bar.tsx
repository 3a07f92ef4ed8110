import type { ReactNode } from 'react';
import { PageNav } from '../parts/page-nav.tsx';
import type { PlayProps, Theme } from './model.ts';
import { LazyPalette } from './palette/lazy.ts';
import { Logo, RedoIcon, ThemeIcon, UndoIcon } from './parts/icons.tsx';
import { ScenarioMenu } from './scenario-menu.tsx';
import { ShareMenu } from './share/share-menu.tsx';
import styles from './top-bar.module.css';

/** The theme that a click changes to. */
export const NEXT_THEME: Record<Theme, Theme> = { system: 'dark', dark: 'light', light: 'system' };
export const THEME_NAME: Record<Theme, string> = { system: 'as the system', dark: 'dark', light: 'light' };

/** Name of the place, the scenario, and what can be done with all of it. */
export function TopBar(props: PlayProps) {
  const { theme, canUndo, canRedo, actions } = props;
  return (
    <header className={styles.bar}>
      <div className={styles.start}>
        <h1 className={styles.brand}>
          <Logo /> <span>Hopscope</span>
        </h1>
        <PageNav current="play" />
        <div className={styles.history}>
          <IconButton name="Undo" hint="Undo (Ctrl Z)" disabled={!canUndo} onClick={() => actions.undo()}>
            <UndoIcon />
          </IconButton>
          <IconButton
            name="Redo"
            hint="Redo (Ctrl Shift Z)"
            disabled={!canRedo}
            onClick={() => actions.redo()}
          >
            <RedoIcon />
          </IconButton>
        </div>
      </div>
      <ScenarioMenu {...props} />
      <div className={styles.buttons}>
        <button
          type="button"
          className={`${styles.button} ${styles.wide}`}
          title="Find anything that can be done (Ctrl K)"
          onPointerEnter={LazyPalette.prepare}
          onClick={() => actions.showPalette(true)}
        >
          Commands
        </button>
        <ShareMenu {...props} />
        <button
          type="button"
          className={`${styles.button} ${styles.wide}`}
          title="One view at a time, for an audience (P)"
          onClick={() => actions.present(true)}
        >
          Present
        </button>
        <span className={styles.wide}>
          <IconButton name="List of keys" hint="List of keys (?)" onClick={() => actions.showKeys(true)}>
            ?
          </IconButton>
        </span>
        <IconButton
          name={`Theme: ${THEME_NAME[theme]}. Change to: ${THEME_NAME[NEXT_THEME[theme]]}`}
          hint={`Theme: ${THEME_NAME[theme]}`}
          onClick={() => actions.setTheme(NEXT_THEME[theme])}
        >
          <ThemeIcon />
        </IconButton>
      </div>
    </header>
  );
}

interface IconButtonProps {
  name: string;
  hint: string;
  disabled?: boolean;
  onClick(): void;
  children: ReactNode;
}

/** A button that shows a picture. */
export function IconButton({ name, hint, disabled = false, onClick, children }: IconButtonProps) {
  return (
    <button
      type="button"
      className={styles.button}
      aria-label={name}
      title={hint}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
