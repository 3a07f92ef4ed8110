import { version } from '../../../package.json';
import type { Report } from '../../scenarios/report.ts';
import { reportOf, settled } from '../hook.ts';
import type { CompareController } from './controller.ts';

/** The same on Compare: fingerprints of all variants, one after the other; the report of the first. */
export function exposeCompareHook(controller: CompareController): void {
  const runs = async () => {
    await settled(controller);
    return controller.store.getState().runs;
  };
  const reports = async () => (await runs()).map(reportOf);
  window.hopscope = {
    version,
    fingerprint: async () => (await runs()).map(({ fingerprint }) => fingerprint ?? '').join(' '),
    report: async () => (await reports())[0] as Report,
    reports,
    link: () => controller.link(),
    nowUs: () => controller.player.nowUs,
    rests: () => controller.player.rests,
    records: () => controller.store.getState().runs.reduce((sum, { trace }) => sum + trace.records, 0),
    seek: (atUs) => controller.seek(atUs),
    play: () => controller.play(),
    pause: () => controller.player.pause(),
  };
}
