import { COLUMN, type Trace } from '../trace/trace.ts';

const DELIVERED = COLUMN['message.delivered'];

export interface SlowDelivery {
  message: number;
  client: number;
  latencyUs: number;
  atUs: number;
}

/** The delivery to a group that took longest in all that is known of a run; null: there is none. */
export function slowestDelivery(trace: Trace, group: string): SlowDelivery | null {
  const table = trace.table('message.delivered');
  const members = trace.header?.clients.map((client) => client.group === group) ?? [];
  let worst = -1;
  for (let row = 0; row < table.length; row++) {
    if (members[table.get(row, DELIVERED.client)] !== true || table.get(row, DELIVERED.expected) !== 1)
      continue;
    if (worst < 0 || table.get(row, DELIVERED.latencyUs) > table.get(worst, DELIVERED.latencyUs)) worst = row;
  }
  if (worst < 0) return null;
  return {
    message: table.get(worst, DELIVERED.message),
    client: table.get(worst, DELIVERED.client),
    latencyUs: table.get(worst, DELIVERED.latencyUs),
    atUs: table.atUs(worst),
  };
}
