import type { ReactNode } from 'react';
import { PageNav } from '../parts/page-nav.tsx';
import type { PlayActions, Theme } from './model.ts';
import { LazyPalette } from './palette/lazy.ts';
import { Logo, RedoIcon, ThemeIcon, UndoIcon } from './parts/icons.tsx';
import styles from './top-bar.module.css';

/** The theme that a click changes to. */
const NEXT_THEME: Record<Theme, Theme> = { system: 'dark', dark: 'light', light: 'system' };
const THEME_NAME: Record<Theme, string> = { system: 'as the system', dark: 'dark', light: 'light' };

interface AppBarProps {
  current: 'play' | 'compare';
  theme: Theme;
  canUndo: boolean;
  canRedo: boolean;
  actions: Pick<PlayActions, 'undo' | 'redo' | 'showPalette' | 'present' | 'showKeys' | 'setTheme'>;
  /** Names what is shown, and opens what else could be. */
  title: ReactNode;
  share: ReactNode;
}

/** What stands above every page: name of the place, what is shown, and what can be done with all of it. */
export function AppBar({ current, theme, canUndo, canRedo, actions, title, share }: AppBarProps) {
  return (
    <header className={styles.bar}>
      <div className={styles.start}>
        <h1 className={styles.brand}>
          <Logo /> <span>Hopscope</span>
        </h1>
        <PageNav current={current} />
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
      {title}
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
        {share}
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
function IconButton({ name, hint, disabled = false, onClick, children }: IconButtonProps) {
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
