import { type CodeBlock, findBlocks, type LineRange, type PromptBlock, type PromptLabel } from './blocks';
import { findExamples } from './examples';
import { countFrontmatterLines } from './frontmatter';
import { type FrontmatterField, readFrontmatterFields } from './frontmatterFields';
import { findInstructions } from './instructions';
import { findLists, type PromptList } from './lists';
import { markdownTree } from './markdownTree';
import { findSections } from './sections';
import { byteOrderMark, dominantLineEnd, splitLines, stripLineEnd } from './splitLines';
import { findTables } from './tables';
import { findTags, type TagSection, tagLine } from './tags';

/** A heading and what stands below it. Lines count from 1; `endLine` is the last line of the section's own text. */
export interface PromptSection {
  readonly heading: string;
  readonly depth: number;
  /** Path of headings: "Workflow > Sessions". */
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** One list item, or one sentence-bearing paragraph, that tells the agent something. Lines count from 1. */
export interface Instruction {
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
  /** Path of the section that it stands in; empty before the first heading. */
  readonly section: string;
  readonly listItem: boolean;
}

/** A prompt read as a structure. `lines.join('')` is the text, byte for byte. */
export interface PromptDocument {
  readonly lines: readonly string[];
  readonly eol: '\n' | '\r\n';
  readonly hasBom: boolean;
  /** Number of lines of the YAML frontmatter, fences included; 0 where there is none. */
  readonly frontmatterLines: number;
  readonly sections: readonly PromptSection[];
  readonly instructions: readonly Instruction[];
  readonly lists: readonly PromptList[];
  /** Keys of the frontmatter. To change one, change its lines: they are never written anew. */
  readonly frontmatter: readonly FrontmatterField[];
  readonly codeBlocks: readonly CodeBlock[];
  readonly tables: readonly PromptBlock[];
  /** HTML comments, and blocks of HTML other than lines with a lone tag. */
  readonly comments: readonly LineRange[];
  readonly tags: readonly TagSection[];
  readonly labels: readonly PromptLabel[];
  readonly examples: readonly PromptBlock[];
}

/** Longer lines, and deeper nesting of quotes and lists, are no prose; the Markdown reader's time grows with their square. */
const longestLine = 5_000;
const deepIndent = /^(?: {4}|\t| {1,3}\t){16}/;
const deepNesting = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){16}/;

const tagStandIn = '<?tag?>';

/** Lines are read as they are, but for what is no prose; HTML of one line for a lone tag, so that lists on its two sides stay two. */
export function readable(line: string): string {
  if (line.length > longestLine || deepIndent.test(line) || deepNesting.test(line)) return '';
  return tagLine.test(line) ? `${/^\s*/.exec(line)?.[0] ?? ''}${tagStandIn}` : line;
}

/** Reads any text: one that is no Markdown has no sections. Never throws. */
export function readPrompt(text: string): PromptDocument {
  const lines = splitLines(text);
  const hasBom = text.startsWith(byteOrderMark);
  const bare = lines.map((line, index) => (index === 0 && hasBom ? line.slice(1) : line));
  const frontmatterLines = countFrontmatterLines(bare);
  // Blank lines stand in for the frontmatter, so that positions need no shifting.
  const tree = markdownTree(
    bare.map((line, index) => (index >= frontmatterLines ? readable(stripLineEnd(line)) : '')),
  );
  const sections = findSections(tree, bare);
  const lists = findLists(tree, sections);
  const { codeBlocks, html, labels } = findBlocks(tree, sections);
  const tags = findTags(bare, codeBlocks, sections);
  const comments = html.filter(({ startLine }) => !tagLine.test(stripLineEnd(bare[startLine - 1] ?? '')));
  return {
    lines,
    eol: dominantLineEnd(text),
    hasBom,
    frontmatterLines,
    sections,
    instructions: findInstructions(tree, sections),
    lists,
    frontmatter: readFrontmatterFields(bare, frontmatterLines),
    codeBlocks,
    tables: findTables(
      bare,
      [...codeBlocks, ...comments, { startLine: 0, endLine: frontmatterLines }],
      sections,
    ),
    comments,
    tags,
    labels,
    examples: findExamples(sections, tags, labels, [...codeBlocks, ...lists]),
  };
}
