import { expect, it } from 'vitest';
import { nameOf, needWords } from './option-names.ts';

it('options are called as their controls are, without their units', () => {
  expect(['pingIntervalMs', 'softLimitBytes', 'reconnect maxAttempts', 'cpuPerReadMs'].map(nameOf)).toEqual([
    'ping interval',
    'soft limit',
    'reconnect max attempts',
    'CPU per read',
  ]);
});

it('what an option needs has its values as the control lists them', () => {
  expect(needWords('deliverPolicy=by_start_sequence')).toBe('deliver policy=by_start_sequence');
  expect(needWords('pattern=durable or shared, ackPolicy=explicit or all')).toBe(
    'pattern=durable or shared, ack policy=explicit or all',
  );
  expect(needWords('softLimitBytes above 0')).toBe('soft limit above 0');
  expect(needWords('pingIntervalMs')).toBe('ping interval');
  expect(needWords('msgId=true')).toBe('msg id on');
});
