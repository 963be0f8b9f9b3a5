import { weightOf } from '../../analysis/sharedWords';
import { words } from '../../text/words';
import { isMomentary } from './verbs';

/** What is known of a candidate for a rule. */
export interface RuleFeatures {
  readonly rule: string;
  /** The sentence that it was made from. */
  readonly said: string;
  /** In (0, 1]: how surely the sentence means this order. */
  readonly clarity: number;
  /** In [0, 1]: how much it is what the other sessions say too. */
  readonly likeness: number;
  readonly usedElsewhere: (stem: string) => boolean;
  /** All corrections are of one session. */
  readonly alone: boolean;
  readonly forbidsAThing: boolean;
}

/** What holds every time, by its own words. */
const lasting =
  /\b(?:never|always|every|each|only|must|should|make sure|ensure|do not|don't|avoid|prefer|before|until|unless|without|instead of|rather than|from now on|next time|in (?:the )?future|going forward|in general)\b/i;
/** One step of the work at hand: said of this time alone. */
const step =
  /^(?:ok(?:ay)?[,.!]? )?(?:now|next|first|then|go ahead|let'?s|lets|yes|continue|great|good|so)\b|\b(?:now|again|this time|task \d+|#\d+|for this|the (?:following|above|next)|you (?:just|already)|earlier|as well|too|last|previous)\b/i;
/** An order without a subject of its own: it points at what only the session knew. */
const generic =
  /^(?:please )?(?:always |only )?(?:follow|remember|check|read|use|see|review|heed|fix|do|address|look at|update|run|try|change|clean|commit|show|explain|verify|test|get|make)(?: up)? (?:the |our|my |your |these |those |all |all the |both |any |same )*(?:rules?|instructions?|process|docs?|errors?|issues?|problems?|bugs?|files?|code|changes?|logic|paths?|things?|comments?|task|work|it|this|that|them)(?: (?:again|first|properly|correctly|carefully))?[.]?$/i;
/** An order to write a rule down: a step of the work, not the rule. */
const aboutRules =
  /^(?:make|create|add|write|update|improve|edit|extend|fix|put|record|document)\b.{0,40}\b(?:rules?|guidance|instructions?|guidelines?|notes?)\b/i;
const detail = /\b\w+_\w+\b|\b[a-z]+[A-Z]\w*|\d+|"[^"]*"|(?<=\s)\p{Lu}\p{Ll}+/gu;

/** Weight of the words that say what the rule is about; two telling words are about 8. */
function information(rule: string): number {
  return [...new Set(words(rule))].reduce((sum, word) => sum + weightOf(word), 0);
}

/** Details (identifiers, figures, names) that nobody else shares. */
function ownDetails({ rule, usedElsewhere }: RuleFeatures): number {
  return (rule.match(detail) ?? []).filter((found) => words(found).every((word) => !usedElsewhere(word)))
    .length;
}

function brevity(rule: string): number {
  const count = rule.split(/\s+/).length;
  if (count < 4) return 0.8;
  return count <= 18 ? 1 : count <= 24 ? 0.9 : 0.8;
}

function sense(features: RuleFeatures): number {
  const [first = ''] = features.rule.toLowerCase().split(/[\s,.]/);
  return (
    (features.forbidsAThing ? 0.3 : 1) *
    (information(features.rule) < 5.5 ? 0.5 : 1) *
    (generic.test(features.rule) ? 0.4 : 1) *
    (aboutRules.test(features.rule) ? 0.5 : 1) *
    (lasting.test(features.rule) || lasting.test(features.said) ? 1 : 0.8) *
    (isMomentary(first) ? 0.8 : 1) *
    (step.test(features.said) && !lasting.test(features.rule) ? 0.6 : 1) *
    0.85 ** Math.min(4, ownDetails(features))
  );
}

/**
 * Orders candidates: plain, what others say too, lasting, and without details of its own. The factors were chosen by eye on two
 * histories in which the rules that recur are labelled (edobry/minsky, palimondo/BookMinder).
 */
export function ruleScore(features: RuleFeatures): number {
  const { rule, clarity, likeness, alone } = features;
  return (
    clarity ** 0.75 *
    (alone ? 1 : 0.03 + likeness) *
    sense(features) *
    brevity(rule) *
    (lasting.test(rule) ? 1.4 : 1)
  );
}

/**
 * In (0, 1]: how surely people mean this rule. Agreement counts where there are several sessions. A product of factors chosen by eye, not a
 * measured probability.
 */
export function ruleClarity(features: RuleFeatures): number {
  const { clarity, likeness, alone } = features;
  const agreement = alone ? 1 : Math.min(1, 0.5 + likeness);
  return Math.round(clarity * sense(features) * agreement * 1000) / 1000;
}
