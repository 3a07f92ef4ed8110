import { readFileSync } from 'node:fs';
import { start } from '/work/main/tests/reality/scenario/world.ts';
const run = start(JSON.parse(readFileSync(process.argv[2],'utf8')), 'all');
run.finish();
const t:any = run.trace;
let n=0; const max=Number(process.argv[3]??60);
for (const r of (t.all())) { if (r.kind==='machine.moved') continue; console.log(JSON.stringify(r)); if (++n>max) break; }
