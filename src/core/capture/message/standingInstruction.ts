import { withoutPastedText } from './pastedText';

/**
 * Does the person plainly state something that should hold next time too? Conservative: a word such as "never" counts
 * only as an instruction to the agent, not in a question, a report ("it never worked") or a doubt ("I never saw").
 */
export function isStandingInstruction(words: string): boolean {
  const own = withoutPastedText(words);
  if (own.length > longestMessage) return false;
  return sentences(own).some(
    (sentence) => !/\?\s*$/.test(sentence) && rules.some((rule) => rule.test(sentence)),
  );
}

/** A longer message is a specification of the product, whose "always" is not about the agent. Characters. */
const longestMessage = 1500;

const clause = String.raw`(?:^|[,;:(—–-]\s*|\b(?:and|but|so|then|also|please|pls|you (?:should|must|need to|have to)|we (?:should|must|need to|want to)|should|must)\s+)`;
/** Verbs and nouns that follow "never"/"always" in reports rather than instructions. */
const reports = String.raw`(?!been\b|was\b|were\b|had\b|has\b|have been\b|did\b|worked\b|saw\b|seen\b|heard\b|got\b|happen|mind\b|ends?\b|the case\b)`;

const rules: readonly RegExp[] = [
  new RegExp(`${clause}never\\s+${reports}\\w+`, 'i'),
  new RegExp(`${clause}always\\s+${reports}\\w+`, 'i'),
  /\b(?:you|we|i)(?:'d| would)? (?:should |must |want to |want you to )?(?:always|never) (?:want|use|run|do|write|put|keep|add|commit|push|test|check|make|need|ask|start|follow|prefer)\b/i,
  /\bfrom now on\b/i,
  /\bdo(?:n'?t| not) (?:you )?ever\b/i,
  /\b(?:in (?:the )?future|going forward|for future reference|next time)\b[^?]*\b(?:do|don'?t|please|use|should|must|make sure|always|never|remember|avoid|ask|check)\b/i,
  /\b(?:please|must|should|do(?:n'?t| not)|make sure|remember|avoid|ask|check|use)\b[^?]*\b(?:in (?:the )?future|going forward|next time|every time|each time)\b/i,
  /\b(?:every|each) time you\b/i,
  /\bwhenever you\b/i,
  /\b(?:as a (?:general )?rule|rule of thumb|make (?:it )?a habit)\b/i,
  /(?:^|[,;:(]\s*|\b(?:and|so|please)\s+)remember (?:to|that (?:you|we)|you (?:should|must)|we (?:should|must|never|always|don'?t))\b/i,
];

function sentences(text: string): readonly string[] {
  return text.split(/(?<=[.!?])\s+|\n+/).map((sentence) => sentence.replace(/^[\s>*•-]+/, '').trim());
}
