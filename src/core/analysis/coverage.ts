import type { Coverage } from '../model/pattern';
import type { PromptDocument } from '../prompt/promptDocument';
import { plainProse } from '../text/plainProse';
import { coverageIndex } from './coverageIndex';
import { type CoverageEvidence, coverageEvidence, scoreOf } from './coverageScore';
import { coverageWords, representativeOf } from './coverageWords';

/**
 * Score from which an instruction counts as covering: the lowest at which four of five verdicts of "disobeyed" were right
 * on the repositories that the weights were fitted on.
 */
export const coverageThreshold = -0.7;

/**
 * One word in common may be chance, unless what the instruction stands beneath has another, and so may be some of those that nearly
 * every prompt has ("test", "file", "change").
 */
function tells({ common, telling, headings }: CoverageEvidence): boolean {
  return telling && (common >= Math.log1p(2) || headings > 0);
}

function decide(messages: readonly (readonly string[])[], document: PromptDocument | undefined): Coverage {
  const said = messages.filter((message) => message.length > 0);
  if (document === undefined || said.length === 0) return { state: 'unknown' };
  const index = coverageIndex(document);
  let best: { evidence: CoverageEvidence; score: number } | undefined;
  for (const evidence of coverageEvidence(said, index)) {
    if (!tells(evidence)) continue;
    const score = scoreOf(evidence);
    if (best === undefined || score > best.score) best = { evidence, score };
  }
  const similarity = best?.evidence.overlap ?? 0;
  const nearest = best === undefined ? undefined : index.all[best.evidence.place]?.instruction;
  if (best === undefined || nearest === undefined || best.score < coverageThreshold) {
    return { state: 'missing', similarity };
  }
  return { state: 'disobeyed', line: nearest.line, instruction: nearest.text, similarity };
}

/**
 * Is there an instruction that covers what these messages ask for, one kind of correction in several people's words? The
 * instruction is named only where it covers; `similarity` is the weighted overlap of its words with theirs, in [0, 1], that of the
 * nearest one where none does. `missing` where there is a prompt and nothing in it covers; `unknown` where there is no
 * prompt or there are no words to go by. How often it is right stands in test/unit/analysis/coverageOnPairs.test.ts.
 */
export function coverageOf(texts: readonly string[], document: PromptDocument | undefined): Coverage {
  const spoken = texts.map((text) => {
    const prose = coverageWords(plainProse(text));
    return prose.length > 0 ? prose : coverageWords(text);
  });
  return decide(spoken, document);
}

/** The same for the words of one message, as `words` gives them. */
export function findCoverage(query: readonly string[], document: PromptDocument | undefined): Coverage {
  return decide([query.map(representativeOf)], document);
}
