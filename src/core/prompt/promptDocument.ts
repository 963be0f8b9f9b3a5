import { fromMarkdown } from 'mdast-util-from-markdown';
import { countFrontmatterLines } from './frontmatter';
import { findInstructions } from './instructions';
import { findLists, type PromptList } from './lists';
import { findSections } from './sections';
import { byteOrderMark, dominantLineEnd, splitLines, stripLineEnd } from './splitLines';

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
}

/** A line that holds only an XML-like tag. CommonMark would take all that follows as HTML, up to the next blank line. */
const tagLine = /^\s*<\/?[A-Za-z][\w.:-]*(?:\s[^<>]*)?>\s*$/;

/** Longer lines, and deeper nesting of quotes and lists, are no prose; the Markdown reader's time grows with their square. */
const longestLine = 5_000;
const deepNesting = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){16}/;

/** Lines that the Markdown reader is not given. */
export function isProse(line: string): boolean {
  return line.length <= longestLine && !deepNesting.test(line) && !tagLine.test(line);
}

/** Reads any text: one that is no Markdown has no sections. Never throws. */
export function readPrompt(text: string): PromptDocument {
  const lines = splitLines(text);
  const hasBom = text.startsWith(byteOrderMark);
  const bare = lines.map((line, index) => (index === 0 && hasBom ? line.slice(1) : line));
  const frontmatterLines = countFrontmatterLines(bare);
  // Blank lines stand in for the frontmatter and for what is no prose, so that positions need no shifting.
  const body = bare
    .map((line, index) => (index >= frontmatterLines && isProse(line) ? stripLineEnd(line) : ''))
    .join('\n');
  const tree = fromMarkdown(body);
  const sections = findSections(tree, bare);
  return {
    lines,
    eol: dominantLineEnd(text),
    hasBom,
    frontmatterLines,
    sections,
    instructions: findInstructions(tree, sections),
    lists: findLists(tree, sections),
  };
}
