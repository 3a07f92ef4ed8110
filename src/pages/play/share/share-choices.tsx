import { useState } from 'react';
import type { PlayProps } from '../model.ts';
import choices from '../parts/choices.module.css';

/** Ways to hand on exactly this moment: a link, a frame, a file, and a caption that goes with them. */
export function ShareChoices({ caption, actions, close }: PlayProps & { close(): void }) {
  const then = (act: () => void) => () => {
    act();
    close();
  };
  return (
    <>
      <ul className={choices.list} aria-label="Share">
        <li>
          <button type="button" onClick={then(() => actions.share())}>
            Copy a link to this moment
            <span>Scenario, seed, changes, time, what is selected and shown</span>
          </button>
        </li>
        <li>
          <button type="button" onClick={then(() => actions.copyEmbed())}>
            Copy code for a frame in a page
            <span>The same moment as an iframe, with its own controls</span>
          </button>
        </li>
        <li>
          <button type="button" onClick={then(() => actions.save())}>
            Save the scenario to a file
            <span>JSON; a file is opened from the scenario’s menu, or dropped here</span>
          </button>
        </li>
      </ul>
      <CaptionForm caption={caption} onCaption={actions.setCaption.bind(actions)} />
    </>
  );
}

function CaptionForm({
  caption,
  onCaption,
}: {
  caption: string | null;
  onCaption(text: string | null): void;
}) {
  const [text, setText] = useState(caption ?? '');
  return (
    <form
      className={choices.more}
      onSubmit={(event) => {
        event.preventDefault();
        onCaption(text);
      }}
    >
      <label>
        Caption that goes with the link
        <textarea
          className={choices.caption}
          rows={2}
          maxLength={280}
          value={text}
          placeholder="Look how the third update waits for the second."
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <div className={choices.row}>
        <button type="submit">Put it on</button>
        {caption !== null && (
          <button
            type="button"
            onClick={() => {
              setText('');
              onCaption(null);
            }}
          >
            Take it off
          </button>
        )}
      </div>
    </form>
  );
}
