import { hiddenByFences } from './aiderFences';

/** One stretch of an aider history: `line` counts from 1 and is the first line of it. */
export type AiderPart = { readonly line: number } & (
  | {
      readonly kind: 'session';
      /** `YYYY-MM-DD HH:MM:SS`, local time. */
      readonly started: string;
    }
  /** What was put in at the prompt, markers taken off; commands and echoed answers too. */
  | { readonly kind: 'input'; readonly text: string }
  /** One line of the tool's own output, its marker taken off; may be empty. */
  | { readonly kind: 'output'; readonly text: string }
  | { readonly kind: 'agent'; readonly text: string }
);

const header = /^# aider chat started at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s*$/;

/** Is this the beginning of an aider history? */
export function looksLikeAider(head: string): boolean {
  return /^# aider chat started at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s*$/m.test(head);
}

/**
 * Splits an aider history (`io.py` of aider writes it). Aider ends every line of input (`#### `) and output (`> `) with
 * two spaces, by which they differ from headings and quotations in a reply; where a file has lost them all (an editor
 * that trims lines), the markers alone decide.
 */
export function aiderParts(text: string): readonly AiderPart[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const marks = marksOf(lines);
  const hidden = hiddenByFences(lines, marks.isOutput);
  const parts = new PartList();
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    const started = isBlank(lines[index - 1]) ? header.exec(line)?.[1] : undefined;
    if (hidden.has(index)) parts.reply(number, line);
    else if (started !== undefined) parts.add({ kind: 'session', line: number, started });
    else if (marks.isInput(line, parts.replying)) {
      parts.input(number, line.replace(/^#### ?/, '').replace(/ {2}$/, ''));
    } else if (marks.isOutput(line)) {
      parts.add({ kind: 'output', line: number, text: line.replace(/^> ?/, '').trim() });
    } else parts.reply(number, line);
  }
  return parts.finish();
}

/** Joins the lines of a reply and of an input. */
class PartList {
  readonly #parts: AiderPart[] = [];
  #open: { readonly kind: 'input' | 'agent'; readonly line: number; readonly text: string[] } | undefined;

  get replying(): boolean {
    return this.#open?.kind === 'agent';
  }

  add(part: AiderPart): void {
    this.#close();
    this.#parts.push(part);
  }

  input(line: number, text: string): void {
    this.#join('input', line, text);
  }

  /** Blank lines belong to a reply only between its others. */
  reply(line: number, text: string): void {
    if (isBlank(text) && !this.replying) this.#close();
    else this.#join('agent', line, text);
  }

  finish(): readonly AiderPart[] {
    this.#close();
    return this.#parts;
  }

  #join(kind: 'input' | 'agent', line: number, text: string): void {
    if (this.#open?.kind !== kind) {
      this.#close();
      this.#open = { kind, line, text: [] };
    }
    this.#open.text.push(text);
  }

  #close(): void {
    if (!this.#open) return;
    const { kind, line, text } = this.#open;
    this.#parts.push({ kind, line, text: text.join('\n').trim() });
    this.#open = undefined;
  }
}

function marksOf(lines: readonly string[]): {
  readonly isOutput: (line: string) => boolean;
  readonly isInput: (line: string, replying: boolean) => boolean;
} {
  const ofOutput = lines.some((line) => /^>(?: .*)? {2}$/.test(line)) ? /^>(?: .*)? {2}$/ : /^>(?: |$)/;
  const inputKept = lines.some((line) => /^####(?: .*)? {2}$/.test(line));
  return {
    isOutput: (line) => ofOutput.test(line),
    // A line that somebody added by hand still counts where no reply has begun, in which it could be a heading.
    isInput: (line, replying) => (inputKept && replying ? /^####(?: .*)? {2}$/ : /^####(?: |$)/).test(line),
  };
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}
