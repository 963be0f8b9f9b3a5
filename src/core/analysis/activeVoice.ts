import { baseForm, isImperativeVerb } from '../improve/write/verbs';

/** "<subject> should (always) be <state> <rest>"; a subject of more words is mostly a clause. */
const passive =
  /^(?<subject>(?:[\w-]+ ){0,4}?[\w-]+) (?:should|must) (?<how>not |never |always |only )?be (?<state>\S+)(?: (?<rest>.+))?$/i;
/** Participles that look like the verb. */
const unchanged = /^(?:run|read|set|put|split)$/i;
/** What follows "be" and is no quality. */
const noQuality =
  /^(?:able|in|on|at|to|the|a|an|here|there|done|no|one|more|less|two|three|what|where|how|just|good|enough)$/i;

/** "Tests should be run before …" as "run tests before …", "titles should be short" as "make titles short"; others stay. */
export function activeVoice(order: string): string {
  const { subject, how = '', state = '', rest = '' } = passive.exec(order)?.groups ?? {};
  if (subject === undefined || /^(?:not|never) $/i.test(how)) return order;
  const verb = unchanged.test(state) ? state.toLowerCase() : baseForm(state);
  if (verb !== undefined && isImperativeVerb(verb))
    return `${how.toLowerCase()}${verb} ${subject} ${rest}`.trim();
  const quality = how === '' && rest === '' && verb === undefined && !noQuality.test(state);
  return quality && /^[a-z]+$/.test(state) ? `make ${subject} ${state}` : order;
}
