import type { PromptDocument } from '../../prompt/promptDocument';
import { demands, headingKinds } from './headingKinds';
import { type Described, describeSections } from './sectionFeatures';
import { scoreOf } from './sectionScore';

export interface RankedSection extends Described {
  /** Log odds, but for what all sections of the prompt share. */
  readonly score: number;
}

/**
 * Below this share of the rule's weight (BM25) the rule and the section that is most like it have nothing to do with each other: of such
 * rules people put every second one under a new heading, of the others every sixth.
 */
const leastInCommon = 0.05;

/** The sections that may take rules, the likeliest place for this rule first. */
export function rankSections(
  document: PromptDocument,
  rule: string,
  wanted: readonly string[],
): readonly RankedSection[] {
  // People put pointers below "References"; an order is none.
  const orders = demands(rule);
  return describeSections(document, rule, wanted)
    .filter(({ candidate: { section, startLine, endLine } }) => {
      if (orders && section !== undefined && headingKinds.notForRules.test(section.heading)) return false;
      return !document.examples.some((each) => each.startLine <= startLine && each.endLine >= endLine);
    })
    .map((each) => ({ ...each, score: scoreOf(each.features) }))
    .sort((a, b) => b.score - a.score || a.candidate.startLine - b.candidate.startLine);
}

/** One of the sections is about what the rule is about. */
export function anyIsAbout(ranked: readonly RankedSection[]): boolean {
  return ranked.some(({ inCommon }) => inCommon >= leastInCommon);
}
