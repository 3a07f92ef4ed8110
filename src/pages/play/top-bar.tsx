import { AppBar } from './app-bar.tsx';
import type { PlayProps } from './model.ts';
import { ScenarioMenu } from './scenario-menu.tsx';
import { ShareMenu } from './share/share-menu.tsx';

/** The bar above Play. */
export function TopBar(props: PlayProps) {
  return (
    <AppBar {...props} current="play" title={<ScenarioMenu {...props} />} share={<ShareMenu {...props} />} />
  );
}
