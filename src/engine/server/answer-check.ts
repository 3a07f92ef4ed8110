import type { ServerExchange } from '../contract/http.ts';
import type { Errands } from './errands.ts';

/** `OK` */
const CHECK_BODY_BYTES = 2;

/** A load balancer asks whether the application is up. */
export function answerCheck(exchange: ServerExchange, errands: Errands, requestUs: number): void {
  const content = { status: 200, messages: [], cursor: 0, code: 0 };
  errands.run(requestUs, () => exchange.respond('health-check.response', CHECK_BODY_BYTES, content));
}
