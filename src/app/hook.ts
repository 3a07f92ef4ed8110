import { version } from '../../package.json';
import type { Report } from '../scenarios/report.ts';
import type { Controller } from './controller.ts';

/** What a console or a test can ask the page. It changes nothing but the playhead. */
export interface Hopscope {
  version: string;
  /** The fingerprint of the run that is shown, once it is simulated to its end. */
  fingerprint(): Promise<string>;
  report(): Promise<Report>;
  /** The address of what is shown, this moment included. */
  link(): Promise<string>;
  /** Virtual time shown, µs. */
  nowUs(): number;
  /** Records of the run that is shown, as far as it is simulated. */
  records(): number;
  seek(atUs: number): void;
  play(): void;
  pause(): void;
}

declare global {
  interface Window {
    hopscope?: Hopscope;
  }
}

export function exposeHook(controller: Controller): void {
  window.hopscope = {
    version,
    fingerprint: async () => (await finished(controller)).fingerprint ?? '',
    report: async () => {
      const { report } = await finished(controller);
      if (report === null) throw new Error('the run failed');
      return report;
    },
    link: () => controller.link(),
    nowUs: () => controller.player.nowUs,
    records: () => controller.latestRun.trace.records,
    seek: (atUs) => controller.seek(atUs),
    play: () => controller.play(),
    pause: () => controller.pause(),
  };
}

function finished(controller: Controller): Promise<Controller['latestRun']> {
  return new Promise((resolve) => {
    const look = () => {
      if (!controller.settled) return;
      stop();
      resolve(controller.latestRun);
    };
    const stop = controller.store.subscribe(look);
    look();
  });
}
