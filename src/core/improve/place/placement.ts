import type { PromptDocument, PromptSection } from '../../prompt/promptDocument';
import type { Edit } from '../strategies/strategy';
import { fitsIn } from './fitsIn';
import { headingKinds } from './headingKinds';
import { type Insertion, insertionsIn } from './insertion';
import { anyIsAbout, type RankedSection, rankSections } from './rankSections';

/** Heading of the section that takes the rules which fit nowhere else. */
export const ownHeading = 'Working agreements';

/** Another section that the rule could stand in. */
export interface AlternativePlace {
  /** Path of the section; empty before the first heading. */
  readonly section: string;
  readonly heading: string;
  /** Line of the heading, from 1. */
  readonly line: number;
}

export interface Placement extends Omit<Edit, 'because'> {
  /** "under “Workflow”", for the reason. */
  readonly where: string;
  /** Next best sections, the likeliest first, for who wants to move the rule. */
  readonly alternatives: readonly AlternativePlace[];
}

const mostAlternatives = 3;
/** Sections in which a place is looked for before a new one is opened. */
const mostTried = 3;

/** Number of lines up to the last one that is not blank, the frontmatter included. */
export function lastTextLine(document: PromptDocument): number {
  let line = document.lines.length;
  while (
    line > document.frontmatterLines &&
    (document.lines[line - 1] ?? '').replace(/^\uFEFF/, '').trim() === ''
  )
    line--;
  return line;
}

/** The depth that the prompt's own sections have: the shallowest below the title, else one below a lone title. */
function headingDepth(sections: readonly PromptSection[]): number {
  const below = sections.map(({ depth }) => depth).filter((depth) => depth > 1);
  if (below.length > 0) return Math.min(...below);
  return sections.length > 1 ? 1 : 2;
}

function sectionPath(sections: readonly PromptSection[], depth: number): string {
  const parent = sections.findLast((section) => section.depth < depth);
  return parent === undefined ? ownHeading : `${parent.path} > ${ownHeading}`;
}

function alternativesTo(
  ranked: readonly RankedSection[],
  taken: PromptSection | undefined,
): readonly AlternativePlace[] {
  return ranked
    .flatMap(({ candidate: { section } }) =>
      section === undefined || section === taken
        ? []
        : [{ section: section.path, heading: section.heading, line: section.startLine }],
    )
    .slice(0, mostAlternatives);
}

/** In a prompt without headings: into its list; else none, since prose that introduces the agent is no place for rules. */
function candidatesFor(document: PromptDocument, ranked: readonly RankedSection[]): readonly RankedSection[] {
  if (document.sections.length === 0)
    return document.lists.some((list) => !list.ordered) ? ranked.slice(0, 1) : [];
  if (anyIsAbout(ranked)) return ranked.slice(0, mostTried);
  const own = ranked.filter(({ candidate: { section } }) => section?.heading === ownHeading);
  const norms = ranked.filter(
    ({ candidate: { section } }) => section !== undefined && headingKinds.norms.test(section.heading),
  );
  return [...own, ...norms].slice(0, mostTried);
}

function inSection(
  document: PromptDocument,
  rule: string,
  { candidate: { section, startLine, endLine } }: RankedSection,
): { readonly insertion: Insertion; readonly section: string; readonly where: string } | undefined {
  const insertion = insertionsIn(document, rule, { startLine, endLine }).find((each) =>
    fitsIn(document, each),
  );
  if (insertion === undefined) return undefined;
  if (section !== undefined) return { insertion, section: section.path, where: `under “${section.heading}”` };
  const alone = document.sections.length === 0;
  return { insertion, section: '', where: alone ? 'at the end of its list' : 'before the first heading' };
}

/**
 * Where a new rule goes, in the style of its surroundings: bullet, number, indent, blank lines and line ends.
 * @param wanted stemmed words of the corrections behind the rule
 */
export function placeRule(document: PromptDocument, rule: string, wanted: readonly string[]): Placement {
  const ranked = rankSections(document, rule, wanted);
  for (const each of candidatesFor(document, ranked)) {
    const found = inSection(document, rule, each);
    if (found === undefined) continue;
    const { section, where, insertion } = found;
    return {
      section,
      ...insertion,
      before: '',
      where,
      alternatives: alternativesTo(ranked, each.candidate.section),
    };
  }
  const end = lastTextLine(document);
  const depth = headingDepth(document.sections);
  const { eol } = document;
  const blank = end > 0 ? eol : '';
  return {
    section: sectionPath(document.sections, depth),
    startLine: end,
    before: '',
    after: `${blank}${'#'.repeat(depth)} ${ownHeading}${eol}${eol}- ${rule}${eol}`,
    where: `under a new heading “${ownHeading}”, since no section is about it`,
    alternatives: alternativesTo(ranked, undefined),
  };
}
