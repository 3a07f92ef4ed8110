import type { Topic } from './command.ts';

/** Other scenarios, and this one as a file. */
export const scenarioCommands: Topic = (controller) => {
  const { presets, preset, caption } = controller.store.getState();
  return [
    ...presets.map(({ id, title, about }) => ({
      id: `scenario.${id}`,
      title: `Open: ${title}`,
      group: 'Scenario' as const,
      effect: () => (preset?.name === id ? 'It is open.' : about),
      run: () => void controller.choosePreset(id),
    })),
    {
      id: 'scenario.restart',
      title: 'Simulate again',
      group: 'Scenario',
      effect: () => 'Simulates this run again from its start: it comes out the same.',
      run: () => controller.restart(),
    },
    {
      id: 'scenario.compare',
      title: 'Compare variants of this',
      group: 'Scenario',
      effect: () => 'Opens Compare with variants of this scenario that meet the same luck.',
      run: () => void controller.compareVariants(),
    },
    {
      id: 'scenario.stop',
      title: 'Stop simulating',
      group: 'Scenario',
      effect: () => 'Ends the simulation where it is; what is known so far can be looked at.',
      enabled: () => controller.store.getState().run.state === 'simulating',
      run: () => controller.stop(),
    },
    {
      id: 'share.link',
      title: 'Copy a link to this moment',
      group: 'Share',
      keys: ['y'],
      effect: () => 'Copies an address that brings back scenario, seed, changes, time, selection and views.',
      run: () => void controller.share(),
    },
    {
      id: 'share.frame',
      title: 'Copy code for a frame in a page',
      group: 'Share',
      effect: () => 'Copies an iframe that shows this moment within another page.',
      run: () => void controller.copyEmbed(),
    },
    {
      id: 'share.file',
      title: 'Save the scenario to a file',
      group: 'Share',
      effect: () => 'Downloads the scenario with all changes as JSON.',
      run: () => controller.save(),
    },
    {
      id: 'share.caption-off',
      title: 'Take the caption off',
      group: 'Share',
      effect: () => (caption === null ? 'There is none.' : `Takes “${caption}” off.`),
      enabled: () => caption !== null,
      run: () => controller.setCaption(null),
    },
  ];
};
