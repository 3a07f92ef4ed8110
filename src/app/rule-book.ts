/**
 * What a scenario has to keep to, how it is read, written and changed, and what was changed in it: in one piece that is
 * loaded after the first run.
 */
export { missingFor } from '../engine/contract/option-spec.ts';
export { decodeScenario, encodeScenario } from '../scenarios/link-codec.ts';
export { REGISTRIES } from '../scenarios/registries.ts';
export { LOAD_BALANCER_KINDS } from '../scenarios/schema/balancer-options.ts';
export { PROXY_KINDS } from '../scenarios/schema/proxy-options.ts';
export { RECONNECT_FIELDS } from '../scenarios/schema/reconnect-options.ts';
export { TOPICS_FIELD } from '../scenarios/schema/topics-options.ts';
export { REPAIR_FIELDS } from '../scenarios/schema/traffic-options.ts';
export { SERVER_FIELDS } from '../scenarios/schema/world-options.ts';
export { parseScenario, problemsLine, validate } from '../scenarios/validate.ts';
export { describeChange } from './branches/describe-change.ts';
export * as changes from './edit/changes.ts';
