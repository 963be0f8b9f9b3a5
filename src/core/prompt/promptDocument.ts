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
}

export function readPrompt(_text: string): PromptDocument {
  throw new Error('stub');
}
