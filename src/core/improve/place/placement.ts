import type { PromptDocument, PromptSection } from '../../prompt/promptDocument';
import { words } from '../../text/words';
import type { Edit } from '../strategies/strategy';

/** Heading of the section that takes the rules which fit nowhere else. */
export const ownHeading = 'Working agreements';

/** Sections whose lines are no rules. */
const notForRules =
  /\b(?:examples?|changelog|references?|links|licen[cs]e|table of contents|contents|glossary)\b/i;

export interface Placement extends Omit<Edit, 'because'> {
  /** "under “Workflow”", for the reason. */
  readonly where: string;
}

interface Ranked {
  readonly section: PromptSection;
  readonly score: number;
}

/** Words in common, rare ones counting more (inverse section frequency), over the root of the section's length. */
function bestSection(document: PromptDocument, wanted: readonly string[]): PromptSection | undefined {
  const bags = document.sections.map((section) => ({
    section,
    heading: new Set(words(section.heading)),
    words: new Set([
      ...words(section.heading),
      ...document.instructions
        .filter((each) => each.line >= section.startLine && each.line <= section.endLine)
        .flatMap((each) => words(each.text)),
    ]),
  }));
  const distinct = [...new Set(wanted)];
  const rarity = new Map(
    distinct.map((word) => [
      word,
      Math.log(1 + bags.length / Math.max(1, bags.filter((bag) => bag.words.has(word)).length)),
    ]),
  );
  const ranked = bags.flatMap(({ section, heading, words: bag }): Ranked[] => {
    if (notForRules.test(section.heading)) return [];
    const shared = distinct.filter((word) => bag.has(word));
    const fits = shared.length >= 2 || (section.depth > 1 && shared.some((word) => heading.has(word)));
    if (!fits) return [];
    const weight = shared.reduce(
      (sum, word) => sum + (rarity.get(word) ?? 0) * (heading.has(word) ? 2 : 1),
      0,
    );
    return [{ section, score: weight / Math.sqrt(bag.size + 4) }];
  });
  ranked.sort((a, b) => b.score - a.score || a.section.startLine - b.section.startLine);
  return ranked[0]?.section ?? document.sections.find(({ heading }) => heading === ownHeading);
}

/** What an inserted block needs behind it, so that it stays apart from the line that follows. */
function tail(document: PromptDocument, startLine: number): string {
  const next = document.lines[startLine];
  return next === undefined || next.trim() === '' || /^#{1,6}\s/.test(next) ? '' : document.eol;
}

interface Range {
  readonly section: string;
  /** Lines from 1, both included. */
  readonly from: number;
  readonly to: number;
}

/** Behind the last bullet list of the range in its own style, else as a new list at the end of the range. */
function intoRange(
  document: PromptDocument,
  rule: string,
  { section, from, to }: Range,
): Omit<Placement, 'where'> {
  const { eol, lines, lists } = document;
  const list = lists.findLast((each) => !each.ordered && each.startLine >= from && each.endLine <= to);
  const last = list?.items.at(-1);
  const [bullet] = /^\s*[-*+]\s+/.exec((lines[(last?.line ?? 0) - 1] ?? '').replace(/^\uFEFF/, '')) ?? [];
  if (list !== undefined && bullet !== undefined) {
    const apart = list.loose ? eol : '';
    const after = `${apart}${bullet}${rule}${eol}${tail(document, list.endLine)}`;
    return { section, startLine: list.endLine, before: '', after };
  }
  const blank = to > 0 && (lines[to - 1] ?? '').trim() !== '' ? eol : '';
  return { section, startLine: to, before: '', after: `${blank}- ${rule}${eol}${tail(document, to)}` };
}

function lastTextLine(document: PromptDocument): number {
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

/** Where a new rule goes, in the style of its surroundings: bullet, indent, blank lines and line ends. */
export function placeRule(document: PromptDocument, rule: string, wanted: readonly string[]): Placement {
  const section = bestSection(document, [...words(rule), ...wanted]);
  if (section !== undefined) {
    const range = { section: section.path, from: section.startLine, to: section.endLine };
    return { ...intoRange(document, rule, range), where: `under “${section.heading}”` };
  }
  const end = lastTextLine(document);
  const bullets = document.lists.some((list) => !list.ordered);
  if (document.sections.length === 0 && bullets) {
    const range = { section: '', from: document.frontmatterLines + 1, to: end };
    return { ...intoRange(document, rule, range), where: 'at the end of its list' };
  }
  const depth = headingDepth(document.sections);
  const { eol } = document;
  const blank = end > 0 ? eol : '';
  return {
    section: sectionPath(document.sections, depth),
    startLine: end,
    before: '',
    after: `${blank}${'#'.repeat(depth)} ${ownHeading}${eol}${eol}- ${rule}${eol}`,
    where: `under a new heading “${ownHeading}”, since no section is about it`,
  };
}

function sectionPath(sections: readonly PromptSection[], depth: number): string {
  const parent = sections.findLast((section) => section.depth < depth);
  return parent === undefined ? ownHeading : `${parent.path} > ${ownHeading}`;
}
