import type { PromptDocument } from '../../prompt/promptDocument';
import { estimateTokens } from '../../text/tokens';
import type { Check } from './check';

/** Set by judgement: a rule of one sentence is 10 to 35 tokens, and with condition and example rarely over 60. */
const muchAdded = 60;
const absurd = 400;
/** In a shorter prompt every rule is a large share, and says nothing. */
const shareCountsFrom = 400;
const muchOfPrompt = 0.1;

const sizes = new WeakMap<PromptDocument, number>();

function tokensOf(document: PromptDocument): number {
  const known = sizes.get(document);
  if (known !== undefined) return known;
  const size = estimateTokens(document.lines.join(''));
  sizes.set(document, size);
  return size;
}

/** What a hunk costs at every turn: it is always said. */
export const tokenCost: Check = {
  name: 'token-cost',
  run({ document, hunk }) {
    const size = tokensOf(document);
    const added = estimateTokens(hunk.after) - estimateTokens(hunk.before);
    const share = size === 0 ? 0 : Math.abs(added) / size;
    const amount = `about ${Math.abs(added)} token${Math.abs(added) === 1 ? '' : 's'} ${added < 0 ? 'less' : 'more'}`;
    const part =
      size === 0
        ? ''
        : `, ${share < 0.001 ? 'under 0.1' : (share * 100).toFixed(1)}% of the prompt's ${size}`;
    const note = `It costs ${amount}${part} (estimated).`;
    if (added > absurd) {
      return {
        check: 'token-cost',
        outcome: 'failed',
        note: `${note} More than ${absurd} for one rule is too much.`,
      };
    }
    const large = added > muchAdded || (size >= shareCountsFrom && added > size * muchOfPrompt);
    return { check: 'token-cost', outcome: large ? 'noted' : 'passed', note };
  },
};
