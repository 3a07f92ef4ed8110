import { assign, setup } from 'xstate';
import { LEAST_RETRY_MS } from '../../engine/contract/backoff.ts';
import type { MachineEvent } from '../../engine/contract/transport.ts';

type Context = { retryMs: number };
type Scope = { context: Context; event: MachineEvent };

const context: Context = { retryMs: 3000 };
const isOk = ({ event }: Scope) => event.status === 200;
const retryFromServer = ({ context, event }: Scope) =>
  (event.retryMs as number) > 0 ? (event.retryMs as number) : context.retryMs;
const retry = ({ context }: Scope) => Math.max(LEAST_RETRY_MS, context.retryMs);

/**
 * EventSource (HTML Standard §9.2.3): it reconnects after `retry` for as long as the page lives; a status ends it for
 * good. That the network is back shortens nothing: the standard lets a browser wait longer for that, and Chromium has
 * nothing but its timer (event_source.cc, ScheduleReconnect).
 */
export const sseClientMachine = setup({
  types: { context: {} as Context, events: {} as MachineEvent },
  guards: { isOk },
  actions: {
    request: () => {},
    announce: () => {},
    deliver: () => {},
    remember: assign({ retryMs: retryFromServer }),
  },
  delays: { retry },
}).createMachine({
  id: 'sse client',
  context,
  initial: 'off',
  states: {
    off: { on: { start: 'connecting' } },
    connecting: {
      entry: 'request',
      on: {
        head: [{ guard: 'isOk', target: 'open', actions: 'announce' }, { target: 'closed' }],
        failed: 'waiting',
      },
    },
    open: { on: { event: { actions: ['remember', 'deliver'] }, failed: 'waiting' } },
    waiting: { after: { retry: 'connecting' } },
    closed: {},
  },
});
