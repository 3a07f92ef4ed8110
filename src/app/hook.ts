import { version } from '../../package.json';
import type { Report } from '../scenarios/report.ts';
import type { Controller } from './controller.ts';

/** What a console or a test can ask the page. It changes nothing but the playhead. */
export interface Hopscope {
  version: string;
  /** The fingerprint of the run that is shown, once it is simulated to its end. */
  fingerprint(): Promise<string>;
  report(): Promise<Report>;
  /** The reports of all runs that are shown: of the one on Play, of every variant on Compare. */
  reports(): Promise<readonly Report[]>;
  /** The address of what is shown, this moment included. */
  link(): Promise<string>;
  /** Virtual time shown, µs. */
  nowUs(): number;
  /** Whether the playhead rests, and all views show its moment. */
  rests(): boolean;
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
  const report = async () => reportOf(await finished(controller));
  window.hopscope = {
    version,
    fingerprint: async () => (await finished(controller)).fingerprint ?? '',
    report,
    reports: async () => [await report()],
    link: () => controller.link(),
    nowUs: () => controller.player.nowUs,
    rests: () => controller.player.rests,
    records: () => controller.latestRun.trace.records,
    seek: (atUs) => controller.seek(atUs),
    play: () => controller.play(),
    pause: () => controller.pause(),
  };
}

/** @throws if the run failed */
export function reportOf({ report }: { report: Report | null }): Report {
  if (report === null) throw new Error('the run failed');
  return report;
}

async function finished(controller: Controller): Promise<Controller['latestRun']> {
  await settled(controller);
  return controller.latestRun;
}

interface Settling {
  readonly settled: boolean;
  readonly store: { subscribe(changed: () => void): () => void };
}

/** Until all that was asked for is simulated. */
export function settled(controller: Settling): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!controller.settled) return;
      stop();
      resolve();
    };
    const stop = controller.store.subscribe(look);
    look();
  });
}
