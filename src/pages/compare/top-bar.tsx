import { PageNav } from '../parts/page-nav.tsx';
import { LazyPalette } from '../play/palette/lazy.ts';
import choices from '../play/parts/choices.module.css';
import { DownIcon, Logo, RedoIcon, ThemeIcon, UndoIcon } from '../play/parts/icons.tsx';
import { Popover } from '../play/parts/popover.tsx';
import { FileButton } from '../play/scenario-choices.tsx';
import styles from '../play/top-bar.module.css';
import { IconButton, NEXT_THEME, THEME_NAME } from '../play/top-bar.tsx';
import type { CompareProps } from './model.ts';

/** Name of the place, what is compared, and what can be done with all of it. */
export function TopBar(props: CompareProps) {
  const { theme, canUndo, canRedo, actions } = props;
  return (
    <header className={styles.bar}>
      <div className={styles.start}>
        <h1 className={styles.brand}>
          <Logo /> <span>Hopscope</span>
        </h1>
        <PageNav current="compare" />
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
      <BaseMenu {...props} />
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
        <button
          type="button"
          className={styles.button}
          title="Copy a link to this comparison and moment"
          onClick={() => actions.share()}
        >
          Share
        </button>
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

/** The base: its name; opens the list of presets, and the ways in and out of a file. */
function BaseMenu({ title, seed, variants, preset, presets, actions }: CompareProps) {
  const label = (
    <>
      <span>{title}</span>
      <small>
        · {variants.length} variants · seed {seed}
      </small>
      <DownIcon />
    </>
  );
  return (
    <Popover
      label={label}
      title="Compare variants of another scenario"
      buttonClass={styles.title}
      align="middle"
      width={480}
      onWanted={() => actions.wantPresets()}
    >
      {(close) => (
        <>
          <ul className={choices.list} aria-label="Scenarios to compare variants of">
            {presets.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  aria-current={preset === one.id}
                  onClick={() => {
                    actions.choosePreset(one.id);
                    close();
                  }}
                >
                  <b>{one.title}</b>
                  <span>{one.about}</span>
                </button>
              </li>
            ))}
          </ul>
          <div className={styles.files}>
            <FileButton onText={actions.openText.bind(actions)} onDone={close} />
            <button type="button" className={styles.button} onClick={() => actions.save()}>
              Save to a file
            </button>
          </div>
        </>
      )}
    </Popover>
  );
}
