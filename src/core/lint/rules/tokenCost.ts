import type { LintRule } from '../lintRule';
import { linesPlace } from '../lintSubject';
import { estimateTokens, sectionCosts } from '../sectionCosts';

/** A prompt of this length is worth a look at what it is spent on; a convention, not a measured figure. */
const longPrompt = 3000;
const largeShare = 0.25;

/** One section that takes a great part of a long prompt. */
export const tokenCost: LintRule = ({ prompt }) => {
  const total = estimateTokens(prompt.text);
  if (total <= longPrompt) return [];
  return sectionCosts(prompt.document)
    .filter(({ share, section }) => share > largeShare && section !== '')
    .map(({ section, line, tokens, share }) => ({
      code: 'token-cost',
      severity: 'hint',
      subject: section,
      place: linesPlace(prompt, line),
      message: `This section takes about ${tokens} of about ${total} tokens (${Math.round(share * 100)}%), estimated at four characters a token.`,
    }));
};
