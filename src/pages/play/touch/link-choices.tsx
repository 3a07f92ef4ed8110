import { useState } from 'react';
import type { FaultOffer, PlayProps } from '../model.ts';
import { NETWORK_SCALES } from '../parts/scales.ts';
import { Slider } from '../parts/slider.tsx';
import { useMoment } from '../use-moment.ts';
import { effectOf, MEND_EFFECT } from './effects.ts';
import { Endings, isOfServerBehind } from './endings.tsx';
import { Choice } from './menu.tsx';
import { aimAt, clientTitle } from './names.ts';
import styles from './touch.module.css';

const LENGTHS: readonly [string, number | null][] = [
  ['1 s', 1000],
  ['2 s', 2000],
  ['5 s', 5000],
  ['20 s', 20_000],
  ['until mended', null],
];

const CUTS: readonly [label: string, direction: NonNullable<FaultOffer['direction']>][] = [
  ['Cut it both ways', 'both'],
  ['Cut it upward', 'up'],
  ['Cut it downward', 'down'],
];

/** What the choices of any menu work with. */
export interface ChoicesProps extends Pick<PlayProps, 'trace' | 'scenario' | 'player' | 'actions'> {
  onClose(): void;
}

/** A client's link: cut it either way or mend it, and what it is like from the playhead on. */
export function LinkChoices({
  client,
  trace,
  scenario,
  player,
  actions,
  onClose,
}: ChoicesProps & { client: number }) {
  const [forMs, setForMs] = useState<number | null>(2000);
  /** Sliders change what held when the menu was opened, though time may pass meanwhile. */
  const [atUs] = useState(Math.round(player.nowUs));
  const name = trace.header?.clients[client]?.name ?? '';
  const cut = useMoment(player, (nowUs) => scenario.linkAt(name, nowUs).cut);
  const link = scenario.linkAt(name, atUs);
  const target = aimAt(trace, client);
  const offers = CUTS.map(
    ([label, direction]) => ({ kind: 'link-down', label, direction, target, forMs }) as const,
  );
  return (
    <>
      <h2 className={styles.menuTitle}>{clientTitle(trace, client)}: link</h2>
      {cut !== '' && (
        <Choice
          label="Mend it now"
          effect={MEND_EFFECT}
          onChoose={() => {
            actions.mendLink(name);
            onClose();
          }}
        />
      )}
      <Endings
        {...{ scenario, player, actions, onClose }}
        concerns={(fault, nowUs) => isOfServerBehind(trace, fault, client, nowUs)}
      />
      {cut !== 'both' && (
        <>
          {offers.map((offer) => (
            <Choice
              key={offer.direction}
              label={offer.label}
              effect={effectOf(offer, trace.header)}
              onChoose={() => {
                actions.addFault(offer);
                onClose();
              }}
            />
          ))}
          <div className={styles.menuRow}>
            <label htmlFor="touch-cut-length">How long</label>
            <select
              id="touch-cut-length"
              value={String(forMs)}
              onChange={({ currentTarget: { value } }) => setForMs(value === 'null' ? null : Number(value))}
            >
              {LENGTHS.map(([label, ms]) => (
                <option key={label} value={String(ms)}>
                  {label}
                </option>
              ))}
            </select>
          </div>
        </>
      )}
      <div className={styles.menuSliders}>
        <Slider
          label="Round-trip time"
          scale={NETWORK_SCALES.rttMs}
          value={link.rttMs}
          instead={null}
          onChange={(value) => actions.setLink(name, 'rttMs', value ?? 0, atUs)}
        />
        <Slider
          label="Packet loss"
          scale={NETWORK_SCALES.lossPct}
          value={link.lossPct}
          instead={null}
          warn={link.lossPct > 0}
          onChange={(value) => actions.setLink(name, 'lossPct', value ?? 0, atUs)}
        />
        <p className={styles.menuNote}>
          {atUs > 0 ? 'From the playhead on; what is under way keeps its fate.' : 'For the whole run.'}
        </p>
      </div>
    </>
  );
}
