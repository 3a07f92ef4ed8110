/** What a scenario has to keep to, and how it is read and written: in one piece that is loaded after the first run. */
export { decodeScenario, encodeScenario } from '../scenarios/link-codec.ts';
export { RECONNECT_FIELDS } from '../scenarios/schema/reconnect-options.ts';
export { parseScenario, problemsLine, validate } from '../scenarios/validate.ts';
