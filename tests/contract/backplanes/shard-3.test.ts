import { testShard } from './suite.ts';

testShard(3);
