import { plainProse } from '../../text/plainProse';
import { addedText } from './addedText';
import type { Check } from './check';
import { longestSharedRun, plainWords } from './sharedRun';

/**
 * A rule made from a person's own words shares a run with them by design, and a plain order is short: nine of ten instructions of twelve
 * public repositories have at most 19 words, 19 of 20 at most 34. A longer run in common is a quotation, not a rule.
 */
const longRun = 20;
const quotation = 34;
/** Of code and pasted output, what a command line may have is left free; longer runs carry someone else's text into the prompt. */
const longForeignRun = 10;
const foreignQuotation = 16;
const mostRead = 4_000;

function foreignPart(text: string): string {
  const own = new Set(plainProse(text).split('\n'));
  return text
    .split(/\r?\n/)
    .filter((line) => !own.has(line))
    .join('\n');
}

/** No long passage of what was learned from is copied word for word. */
export const copiedText: Check = {
  name: 'copied-text',
  run({ hunk, sources }) {
    const added = plainWords(addedText(hunk));
    let own = 0;
    let foreign = 0;
    if (added.length >= longForeignRun) {
      for (const { text } of sources) {
        const read = text.slice(0, mostRead);
        own = Math.max(own, longestSharedRun(added, plainWords(plainProse(read))));
        foreign = Math.max(foreign, longestSharedRun(added, plainWords(foreignPart(read))));
      }
    }
    if (own >= quotation || foreign >= foreignQuotation) {
      const note =
        foreign >= foreignQuotation
          ? `It copies ${foreign} words in a row from code or output that was pasted into a message.`
          : `It copies ${own} words in a row from one message: that is a quotation and no rule.`;
      return { check: 'copied-text', outcome: 'failed', note };
    }
    const run = Math.max(own, foreign);
    const long = own >= longRun || foreign >= longForeignRun;
    const note = long
      ? `It has ${run} words in a row from one message.`
      : `It has no more than ${Math.max(run, Math.min(added.length, longForeignRun - 1))} words in a row from any message.`;
    return { check: 'copied-text', outcome: long ? 'noted' : 'passed', note };
  },
};
