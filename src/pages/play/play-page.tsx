import { useRef, useState } from 'react';
import { Pointing } from '../../views/pointing.ts';
import { Columns } from './columns.tsx';
import { CaptionNotice, FailureNotice, RenewalNotice } from './dialogs.tsx';
import { Foot } from './embed/foot.tsx';
import { LazyBadInput, LazyBranchBar, LazyCompare } from './lazy-parts.ts';
import type { PlayProps } from './model.ts';
import { LazyKeysDialog, LazyPalette } from './palette/lazy.ts';
import styles from './play-page.module.css';
import { PlayerBar } from './player-bar.tsx';
import { Blank, PresenterBar } from './presenter/presenter-bar.tsx';
import { NowCaption } from './side/now-caption.tsx';
import { Single } from './single/single.tsx';
import { Tabs } from './single/tabs.tsx';
import { TopBar } from './top-bar.tsx';
import { NARROW, TIGHT, useMedia } from './use-media.ts';
import type { PageView } from './view.ts';

/**
 * Play: the stage and views of the run below it, what it came to, and everything that can be changed. Where there is
 * room for one of them only, one at a time: on a phone, before an audience, in a frame that asks for one.
 */
export function PlayPage(props: PlayProps) {
  const { trace, player, selection, actions, reducedMotion, embed, presenting, shown } = props;
  const narrow = useMedia(NARROW);
  const tight = useMedia(TIGHT) && !narrow;
  const single = narrow || presenting || embed?.single === true;
  const framed = embed !== null && !presenting;
  const bare = framed && embed.controls === 'none';
  const [pointing] = useState(() => new Pointing());
  const view: PageView = {
    trace,
    pointing,
    playhead: player,
    selection,
    reducedMotion,
    onSelect: (next) => actions.select(next),
    onSeek: (us) => actions.seek(us),
  };
  const runs = single && !presenting && !bare && props.branches.items.length > 1;
  const controls = !framed || embed.controls === 'full';
  return (
    <div className={styles.page} data-presenting={presenting} data-runs={runs}>
      <button type="button" className={styles.skip} onClick={() => document.getElementById('main')?.focus()}>
        {single ? 'Skip to the view' : 'Skip to the stage'}
      </button>
      {presenting ? <PresenterBar {...props} /> : !framed && <TopBar {...props} />}
      <Notices {...props} />
      {narrow && !presenting && <NowCaption {...props} />}
      {single ? (
        <Single {...props} view={view} />
      ) : (
        <Columns {...props} view={view} controls={controls} tight={tight} />
      )}
      {runs && (
        <div className={styles.runs}>
          <LazyBranchBar.View {...props} floating />
        </div>
      )}
      {presenting && <NowCaption {...props} />}
      <div className={styles.bottom}>
        {single && !presenting && !bare && embed?.single !== true && (
          <Tabs shown={shown} selected={selection !== null} controls={controls} actions={actions} />
        )}
        {!bare && <PlayerBar {...props} pointing={pointing} tight={tight && controls} />}
        {framed && <Foot {...props} />}
      </div>
      <Overlays {...props} />
    </div>
  );
}

function Notices({ badInput, run, caption, renewable, actions }: PlayProps) {
  return (
    <div className={styles.notices}>
      {renewable && <RenewalNotice actions={actions} />}
      {badInput !== null && <LazyBadInput.View badInput={badInput} actions={actions} />}
      {run.failure !== null && <FailureNotice failure={run.failure} actions={actions} />}
      {caption !== null && <CaptionNotice caption={caption} onClose={() => actions.setCaption(null)} />}
    </div>
  );
}

/** What lies over the page, and what is only heard. */
function Overlays(props: PlayProps) {
  const { toast, announcement, keysShown, paletteShown, commands, blank, presenting, actions } = props;
  // Once there it stays: a dialog that is closed gives the focus back, one that is taken away does not.
  const compared = useRef(false);
  if (props.comparison !== null) compared.current = true;
  return (
    <>
      {compared.current && <LazyCompare.View {...props} />}
      {keysShown && <LazyKeysDialog.View {...props} />}
      {paletteShown && (
        <LazyPalette.View
          commands={commands}
          typed={props.paletteTyped}
          onClose={() => actions.showPalette(false)}
        />
      )}
      {presenting && blank && <Blank />}
      <div className={styles.toast} role="status">
        {toast !== null && <span>{toast}</span>}
      </div>
      <div className={styles.hidden} role="log" aria-live="polite" aria-label="What happens">
        {announcement}
      </div>
    </>
  );
}
