import type { PromptDocument } from '../prompt/promptDocument';

/** The usual estimate for English text. */
const charactersPerToken = 4;

export interface SectionCost {
  /** Path of headings; empty for what stands before the first one. */
  readonly section: string;
  /** From 1. */
  readonly line: number;
  readonly endLine: number;
  /** Estimated at four characters a token. */
  readonly tokens: number;
  /** Of the whole prompt, in [0, 1]. */
  readonly share: number;
}

export function estimateTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** What each section's own text costs (what stands below its subheadings counts there), in the order of the prompt. */
export function sectionCosts({ lines, sections }: PromptDocument): readonly SectionCost[] {
  const total = lines.join('').length;
  const starts = [
    { path: '', startLine: 1 },
    ...sections.map(({ path, startLine }) => ({ path, startLine })),
  ];
  return starts
    .map(({ path, startLine }, index) => {
      const endLine = (starts[index + 1]?.startLine ?? lines.length + 1) - 1;
      const text = lines.slice(startLine - 1, endLine).join('');
      const share = total === 0 ? 0 : Math.round((text.length / total) * 1000) / 1000;
      return { section: path, line: startLine, endLine, tokens: estimateTokens(text), share };
    })
    .filter(({ tokens }) => tokens > 0);
}
