import type { PromptDocument } from '../prompt/promptDocument';

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
