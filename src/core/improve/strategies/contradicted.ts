import { contradicts } from '../contradiction';
import { sentencesIn, withSentence } from './sentenceAt';
import type { Strategy } from './strategy';

/** An instruction orders the opposite: the rule stands in its place, so that the prompt does not say both. */
export const contradicted: Strategy = {
  name: 'replacement',
  propose({ document, rule, condition, conditional }) {
    if (condition !== undefined && !conditional) return undefined;
    for (const { line, endLine, section, text } of document.instructions) {
      if (contradicts(rule, text) === undefined) continue;
      const lines = document.lines.slice(line - 1, endLine);
      for (const sentence of sentencesIn(lines)) {
        const found = contradicts(rule, sentence.text.replace(/\*\*|__/g, ''));
        if (found === undefined) continue;
        const ended = /[.!?]["')\]*_`]*$/.test(sentence.text);
        const after = withSentence(lines, sentence, ended ? rule : rule.replace(/\.$/, '')).join('');
        return {
          section,
          startLine: line - 1,
          before: lines.join(''),
          after,
          because: `line ${line} says the opposite, so the rule replaces that sentence; a line beside it would leave both standing`,
        };
      }
    }
    return undefined;
  },
};
