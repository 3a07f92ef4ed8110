import { type Cause, causeOf, type Experiment, judge, type Row } from './judge.ts';
import { blackHole } from './network/black-hole.ts';
import { headOfLine, headOfLineAgain } from './network/head-of-line.ts';
import { outageStall } from './network/outage-stall.ts';
import { singleLoss } from './network/single-loss.ts';
import { transfer } from './network/transfer.ts';
import { brokerFaults } from './scenario/broker-faults.ts';
import { brokerLatency, brokersAgain, brokersBesides } from './scenario/brokers.ts';
import { browserFailures } from './scenario/browser.ts';
import { connectionSetup } from './scenario/connection-setup.ts';
import { serverFailures } from './scenario/failures.ts';
import { updateLatency, updateRates, updatesAgain } from './scenario/update-latency.ts';

/**
 * The accuracy report: every record, measured and simulated, and for each that misses its cause. Markdown on standard
 * output; `npm run accuracy` makes it.
 */
const experiments: Experiment[] = [
  connectionSetup,
  updateLatency,
  updateRates,
  updatesAgain,
  headOfLine,
  headOfLineAgain,
  transfer,
  singleLoss,
  outageStall,
  blackHole,
  serverFailures,
  browserFailures,
  brokerLatency,
  brokersAgain,
  brokersBesides,
  brokerFaults,
];

function main(): void {
  const done = experiments.map((experiment) => ({ experiment, rows: experiment.rows() }));
  const lines = ['# How true the numbers are', '', ...INTRODUCTION, '', ...summary(done)];
  for (const { experiment, rows } of done) {
    lines.push('', `## ${experiment.name}`, '', ...table(rows, experiment.causes ?? []));
  }
  console.log(lines.join('\n'));
}

const INTRODUCTION = [
  'Real clients and servers were measured over an emulated network; the same is done here by simulation. A measured',
  'quantile agrees when it lies between the simulated quantiles three sampling errors of rank to either side, widened by',
  "5 % or the rig's noise (6 ms; at p90 9, at p99 15, 40 for set-up); a single chosen loss when it is within 5 % or 6 ms.",
  'Par is what the simulation reaches against itself, a single run of the measured length in place of the measured one: less',
  'than all of it, because losses make messages late in clumps. In brackets behind a median error: what a perfect model',
  'would have, because a record is one run: where packets are lost a single simulated run stands for the measured one, and',
  'where none are the error is the noise of the measurement. The place of a measured mean among those of single simulated',
  'runs (0: below all, 1: above all) is one half on average where luck is all that parts them, within the bounds given;',
  'rows without loss have none. What was measured again or besides (`tests/reality/measure`) has several runs of each',
  'condition, nearly all with losses, and is not counted with the records. Times in ms unless said otherwise.',
];

function summary(done: { experiment: Experiment; rows: Row[] }[]): string[] {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const line = (name: string, rows: Row[]) => {
    const verdict = judge(rows);
    const share = percent(verdict.agreeing / verdict.rows);
    const errors = rows.some((entry) => entry.metric === 'mean')
      ? `${percent(verdict.medianErrorP50)} (${percent(verdict.luckP50)}) | ` +
        `${percent(verdict.medianErrorMean)} (${percent(verdict.luckMean)})`
      : ' | ';
    const place = Number.isNaN(verdict.place)
      ? ''
      : `${verdict.place.toFixed(2)} (0.5 ± ${verdict.placeLuck.toFixed(2)})`;
    return `| ${name} | ${verdict.agreeing} of ${verdict.rows} | ${share} | ${percent(verdict.par)} | ${errors} | ${place} |`;
  };
  const quantiles = done
    .filter(({ experiment }) => experiment.kind === 'quantiles')
    .flatMap(({ rows }) => rows);
  return [
    '| experiment | agree | share | par | median error, p50 (perfect) | mean (perfect) | place of the mean |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...done.map(({ experiment, rows }) => line(experiment.name, rows)),
    line('**all quantiles of records**', quantiles),
  ];
}

function table(rows: Row[], causes: Cause[]): string[] {
  return [
    '| record | | measured | simulated | agrees from … to | |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map((entry) => {
      const verdict = entry.agrees ? '' : `**misses**: ${causeOf(entry, causes)}`;
      const range = `${number(entry.low)} … ${number(entry.high)}`;
      return `| ${entry.record} | ${entry.metric} | ${number(entry.measured)} | ${number(entry.simulated)} | ${range} | ${verdict} |`;
    }),
  ];
}

function number(value: number): string {
  return String(Number(value.toFixed(Math.abs(value) < 20 ? 2 : 1)));
}

main();
