import { seconds } from '../../views/readout/units.ts';
import type { Topic } from './command.ts';

const BIG_STEP_US = 1_000_000;
/** One frame at the slowest speed that a screen shows as movement. */
const SMALL_STEP_US = 1000;

/** The playhead: play, step, jump, speed. */
export const timeCommands: Topic = (controller) => {
  const { player } = controller;
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
      id: 'time.small-forward',
      title: 'One millisecond on',
      group: 'Time',
      keys: ['.'],
      repeats: true,
      effect: () => 'Moves the playhead by one millisecond.',
      run: seekBy(SMALL_STEP_US),
    },
    {
      id: 'time.small-back',
      title: 'One millisecond back',
      group: 'Time',
      keys: [','],
      repeats: true,
      effect: () => 'Moves the playhead back by one millisecond.',
      run: seekBy(-SMALL_STEP_US),
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
    {
      id: 'selection.none',
      title: 'Let go of what is selected',
      group: 'Selection',
      keys: ['Escape'],
      effect: () => 'Selects nothing.',
      run: () => controller.select(null),
    },
  ];
};
