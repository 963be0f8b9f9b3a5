import type { PromptDocument } from '../prompt/promptDocument';
import { readPrompt } from '../prompt/promptDocument';
import { stripLineEnd } from '../prompt/splitLines';
import type { Place } from './finding';
import { type MarkdownParts, readParts } from './markdownParts';
import type { PromptFacts } from './promptFacts';

/** One prompt as the rules see it. */
export interface LintedPrompt {
  /** Relative to the workspace, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly document: PromptDocument;
  readonly parts: MarkdownParts;
}

export interface LintSubject {
  readonly prompt: LintedPrompt;
  /** All prompts of the workspace, this one among them. */
  readonly prompts: readonly LintedPrompt[];
  /** Left out where only the text is known: nothing is then said of what exists. */
  readonly facts?: PromptFacts;
}

export function lintedPrompt(path: string, text: string): LintedPrompt {
  const document = readPrompt(text);
  return { path, text, document, parts: readParts(document) };
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** A line (from 1) without its end. */
export function lineText({ document }: LintedPrompt, line: number): string {
  return stripLineEnd(document.lines[line - 1] ?? '');
}

/** The whole of some lines, without the space at their outer ends. */
export function linesPlace(prompt: LintedPrompt, line: number, endLine = line): Place {
  const first = lineText(prompt, line);
  const last = lineText(prompt, endLine).trimEnd();
  return {
    path: prompt.path,
    line,
    column: first.length - first.trimStart().length + 1,
    endLine,
    endColumn: Math.max(last.length, 1) + 1,
  };
}

/** A part of one line; `at` counts from 0. */
export function partPlace(prompt: LintedPrompt, line: number, at: number, length: number): Place {
  return { path: prompt.path, line, column: at + 1, endLine: line, endColumn: at + length + 1 };
}
