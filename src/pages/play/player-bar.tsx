import type { Pointing } from '../../views/index.ts';
import { clock, duration } from '../../views/readout/units.ts';
import type { PlayActions, PlayProps } from './model.ts';
import { AgainIcon, PauseIcon, PlayIcon } from './parts/icons.tsx';
import styles from './player-bar.module.css';
import { RunMenu } from './run-menu.tsx';
import { Simulating } from './simulating.tsx';
import { TouchTimeline } from './touch/touch-timeline.tsx';
import { useMoment } from './use-moment.ts';

/** `1/10×`, `4×`, `max`: how fast the model's time passes. */
export function speedText(speed: number | null): string {
  if (speed === null) return 'max';
  return speed < 1 ? `1/${Math.round(1 / speed)}×` : `${speed}×`;
}

/** Play, step, clock, speed, and the run along its time. */
export function PlayerBar(props: PlayProps & { tight: boolean; pointing: Pointing }) {
  const { actions, run, shown, tight } = props;
  return (
    <section className={styles.bar} aria-label="Player">
      {tight && (
        <button
          type="button"
          className={styles.runTo}
          aria-pressed={shown.part === 'controls'}
          onClick={() => actions.show({ part: shown.part === 'controls' ? 'panel' : 'controls' })}
        >
          Controls
        </button>
      )}
      <PlayButton {...props} />
      <Steps {...props} />
      <RunMenu {...props} />
      <Clock {...props} />
      <SpeedChoice {...props} />
      <div className={styles.timeline}>
        <TouchTimeline {...props} />
        <Simulating {...props} />
        {run.omitted > 0 && (
          <p className={styles.omitted}>
            This run is longer than what can be kept: {run.omitted.toLocaleString('en')} records at its end
            are counted but not drawn.
          </p>
        )}
      </div>
    </section>
  );
}

/** Steps from event to event. */
export function Steps({ actions }: { actions: Pick<PlayActions, 'step'> }) {
  return (
    <div className={styles.steps}>
      <button
        type="button"
        aria-label="Step to the event before"
        title="Event before (←)"
        onClick={() => actions.step(-1)}
      >
        ◂
      </button>
      <span aria-hidden="true">step</span>
      <button
        type="button"
        aria-label="Step to the next event"
        title="Next event (→)"
        onClick={() => actions.step(1)}
      >
        ▸
      </button>
    </div>
  );
}

interface SpeedProps extends Pick<PlayProps, 'player' | 'speeds'> {
  actions: Pick<PlayActions, 'setSpeed'>;
}

/** How fast the model's time passes. */
export function SpeedChoice({ player, speeds, actions }: SpeedProps) {
  return (
    <label className={styles.speed}>
      <span className={styles.hidden}>Speed, in model seconds a second</span>
      <select
        title="Model seconds a second (< and >)"
        value={String(player.chosenSpeed)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          actions.setSpeed(value === 'null' ? null : Number(value));
        }}
      >
        {speeds.map((speed) => (
          <option key={String(speed)} value={String(speed)}>
            {speedText(speed)}
          </option>
        ))}
      </select>
    </label>
  );
}

type Player = Pick<PlayProps, 'player'>;

/** Play, pause, or again from the start. */
export function PlayButton({ player, actions }: Player & { actions: Pick<PlayActions, 'toggle'> }) {
  const state = useMoment(player, () => (player.playing ? 'pause' : player.atEnd ? 'again' : 'play'));
  const names = { pause: 'Pause', again: 'Play again from the start', play: 'Play' } as const;
  return (
    <button
      type="button"
      className={styles.play}
      aria-label={names[state]}
      title={`${names[state]} (space)`}
      onClick={() => actions.toggle()}
    >
      {state === 'pause' ? <PauseIcon /> : state === 'again' ? <AgainIcon /> : <PlayIcon />}
    </button>
  );
}

/** The virtual time shown. */
export function Clock({ player, run }: Player & { run: Pick<PlayProps['run'], 'state'> }) {
  const time = useMoment(player, clock);
  const waiting = useMoment(player, () => player.waiting);
  const skippedUs = useMoment(player, () => player.skippedUs);
  return (
    <div className={styles.clock}>
      <span role="timer" aria-label="Virtual time" aria-live="off">
        {time}
      </span>
      {waiting && (
        <span className={styles.waiting}>{run.state === 'simulating' ? 'simulating…' : 'not simulated'}</span>
      )}
      {skippedUs > 0 && (
        <span className={styles.waiting} title="Nothing happened meanwhile; “run to” has a switch for it">
          ⇥ {duration(skippedUs)} skipped
        </span>
      )}
    </div>
  );
}
