import { speedText } from '../../pages/play/player-bar.tsx';
import type { Settings } from '../../pages/play/shown.ts';
import { duration, seconds } from '../../views/readout/units.ts';
import { type Player, SPEEDS } from '../player.ts';
import type { Command } from './command.ts';

const BIG_STEP_US = 1_000_000;
const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Whoever keeps a page's time. */
export interface TimeKeeper {
  readonly player: Pick<Player, 'playing' | 'nowUs' | 'endUs'>;
  readonly store: { getState(): { settings: Settings } };
  toggle(): void;
  step(by: 1 | -1): void;
  stepRecord(by: 1 | -1): void;
  seek(atUs: number): void;
  setSpeed(speed: number | null): void;
  changeSpeed(by: 1 | -1): void;
  set(change: Partial<Settings>): void;
}

/** The playhead: play, step, jump, speed. */
export const timeCommands = (controller: TimeKeeper): readonly Command[] => {
  const { player } = controller;
  const { settings } = controller.store.getState();
  const seekBy = (us: number) => () => controller.seek(player.nowUs + us);
  return [
    {
      id: 'time.play',
      title: player.playing ? 'Pause' : 'Play',
      group: 'Time',
      keys: ['Space', 'k'],
      effect: () => (player.playing ? 'Stops the model’s time here.' : 'Lets the model’s time pass.'),
      run: () => controller.toggle(),
    },
    {
      id: 'time.next',
      title: 'To the next event',
      group: 'Time',
      keys: ['ArrowRight'],
      repeats: true,
      effect: () => 'Goes to where the next packet is sent, arrives or is lost, or a state changes.',
      run: () => controller.step(1),
    },
    {
      id: 'time.previous',
      title: 'To the event before',
      group: 'Time',
      keys: ['ArrowLeft'],
      repeats: true,
      effect: () => 'Goes back to the event before; the future stays the same.',
      run: () => controller.step(-1),
    },
    {
      id: 'time.forward',
      title: 'One second on',
      group: 'Time',
      keys: ['l', 'Shift+ArrowRight'],
      repeats: true,
      effect: () => `Goes to ${seconds(Math.min(player.endUs, player.nowUs + BIG_STEP_US))}.`,
      run: seekBy(BIG_STEP_US),
    },
    {
      id: 'time.back',
      title: 'One second back',
      group: 'Time',
      keys: ['j', 'Shift+ArrowLeft'],
      repeats: true,
      effect: () => `Goes to ${seconds(Math.max(0, player.nowUs - BIG_STEP_US))}.`,
      run: seekBy(-BIG_STEP_US),
    },
    {
      id: 'time.record',
      title: 'To the next record',
      group: 'Time',
      keys: ['.'],
      repeats: true,
      effect: () =>
        'Goes to the next time at which anything at all was recorded: a timer, a bit of CPU work.',
      run: () => controller.stepRecord(1),
    },
    {
      id: 'time.record-back',
      title: 'To the record before',
      group: 'Time',
      keys: [','],
      repeats: true,
      effect: () => 'Goes back to the last time at which anything at all was recorded.',
      run: () => controller.stepRecord(-1),
    },
    {
      id: 'time.faster',
      title: 'Faster',
      group: 'Time',
      keys: ['>'],
      effect: () => 'Takes the next faster speed.',
      run: () => controller.changeSpeed(1),
    },
    {
      id: 'time.slower',
      title: 'Slower',
      group: 'Time',
      keys: ['<'],
      effect: () => 'Takes the next slower speed.',
      run: () => controller.changeSpeed(-1),
    },
    {
      id: 'time.start',
      title: 'To the start',
      group: 'Time',
      keys: ['Home'],
      effect: () => 'Goes to 0 s.',
      run: () => controller.seek(0),
    },
    {
      id: 'time.end',
      title: 'To the end',
      group: 'Time',
      keys: ['End'],
      effect: () => `Goes to ${seconds(player.endUs)}.`,
      run: () => controller.seek(player.endUs),
    },
    ...DIGITS.map((digit, tenths) => ({
      id: `time.tenth-${digit}`,
      title: tenths === 0 ? 'To the start of the run' : `To ${tenths * 10} % of the run`,
      group: 'Time' as const,
      keys: [digit],
      effect: () => `Goes to ${seconds((player.endUs * tenths) / 10)}.`,
      run: () => controller.seek((player.endUs * tenths) / 10),
    })),
    {
      id: 'time.idle',
      title: settings.skipsIdle ? 'Play idle stretches too' : 'Skip idle stretches while playing',
      group: 'Time',
      effect: () =>
        settings.skipsIdle
          ? 'Stretches in which nothing is under way take their time again.'
          : 'Stretches in which nothing is under way are left out, and it is said how long they were.',
      run: () => controller.set({ skipsIdle: !settings.skipsIdle }),
    },
    ...SPEEDS.map((speed) => ({
      id: `time.speed-${speed ?? 'max'}`,
      title: `Speed ${speedText(speed)}`,
      group: 'Time' as const,
      effect: () =>
        speed === null
          ? 'As fast as it goes: the rest of the run in a few seconds.'
          : `A second here shows ${duration(speed * 1e6)} of the model.`,
      run: () => controller.setSpeed(speed),
    })),
  ];
};
