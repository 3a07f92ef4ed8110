import { MM1 } from './mm1.ts';
import { measure, print } from './measure.ts';

print('M/M/1 at 90 % load, events a second of processor time', measure(MM1), 'simjs, its facility', {
  'kernel, nothing traced': 12,
  'kernel, every event traced': 5,
});
