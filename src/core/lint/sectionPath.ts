import type { PromptDocument } from '../prompt/promptDocument';
import { type LintedPrompt, lineText } from './lintSubject';

/** Headings that a line (from 1) stands under, the outermost first. */
export function headingChain({ sections }: PromptDocument, line: number): string[] {
  const chain: { heading: string; depth: number }[] = [];
  for (const { heading, depth, startLine } of sections) {
    if (startLine > line) break;
    while ((chain.at(-1)?.depth ?? 0) >= depth) chain.pop();
    chain.push({ heading, depth });
  }
  return chain.map((each) => each.heading);
}

/** The nearest line above, within its section, that ends with a colon and so introduces this one; empty where there is none. */
export function introductionOf(prompt: LintedPrompt, line: number): string {
  for (let above = line - 1; above > Math.max(0, line - 40); above--) {
    const text = lineText(prompt, above).trim();
    if (text.startsWith('#')) return '';
    if (/:\**$/.test(text)) return text;
  }
  return '';
}
