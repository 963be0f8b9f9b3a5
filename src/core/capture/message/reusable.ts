import { withoutPastedText } from './pastedText';
import { isStandingInstruction } from './standingInstruction';

/** Words that carry the point stand at the beginning. Characters. */
const beginning = 700;

/** Each says or implies a rule: a written one that was not followed, an order that was given before, a habit. */
const cues: readonly RegExp[] = [
  /\bi (?:already )?(?:told|asked|said)(?: you)?\b|\bi didn'?t ask\b/i,
  /\b(?:make sure|remember|ensure|be careful|keep in mind|note that)\b/i,
  /@[\w.-]+\.mdc?\b|\b(?:(?:the|this|my|our|your) (?:rules?|instructions|guidelines|conventions?|workflow|process|preferences))\b|CLAUDE\.md|AGENTS\.md/i,
  /\b(?:we|you) (?:never|always|don'?t|do not|should(?:n'?t| not| never| always)?|must(?:n'?t| not)?|need to|have to) (?:be|use|want|do|have|add|put|commit|run|write|keep|make|edit|create|need|care|test|check|follow|ask)\b/i,
  /(?:^|[.!?,;\n]\s*|\b(?:and|but|please|so)\s+)(?:do not|don'?t|stop|avoid|no need to|quit) (?!know|think|understand|see|like|believe|get\b|want|mind|worry|have|care|forget)\w+/im,
  /\b(?:before (?:you|creating|doing|committing|making|adding|running|writing|starting|we)|without (?:asking|my|permission|me)|unless i)\b/i,
  /\b(?:every|each|all|any) (?:\w+ )?(?:should|must|needs?|has to|have to)\b/i,
  /\b(?:just |please )?use (?:the )?\S{1,40}(?: \S+){0,3},? (?:not|instead of|rather than) /i,
];

/**
 * Does a correction state, or plainly imply, something that should hold next time too? A mark to sort by, from cues in English
 * words; wider than `isStandingInstruction`, by which an edit is drafted at once. What it reaches stands in the tests.
 */
export function isReusable(words: string): boolean {
  const own = withoutPastedText(words).slice(0, beginning);
  return isStandingInstruction(words) || cues.some((cue) => cue.test(own));
}
