import { stripLineEnd } from '../../prompt/splitLines';
import { words } from '../../text/words';
import { itemLead } from '../style/promptStyle';

/** One sentence in the source lines of an instruction. `lines` count from 0 in them. */
export interface SourceSentence {
  readonly line: number;
  readonly start: number;
  readonly text: string;
}

const label = /^(?:\*\*[^*]{1,40}?(?:\*\*(?::| [-–—])|:\*\*)\s+)/;

/** Sentences that lie whole in one source line, without bullets and labels in bold. */
export function sentencesIn(lines: readonly string[]): readonly SourceSentence[] {
  return lines.flatMap((source, line) => {
    const bare = stripLineEnd(source).trimEnd();
    const [lead = ''] = itemLead.exec(bare) ?? [];
    const [named = ''] = label.exec(bare.slice(lead.length)) ?? [];
    let start = lead.length + named.length;
    const found: SourceSentence[] = [];
    for (const text of bare.slice(start).split(/(?<=[.!?]["')\]*_]*)(?=\s+[\p{Lu}`"*])/u)) {
      const space = /^\s*/.exec(text)?.[0].length ?? 0;
      if (text.trim() !== '') found.push({ line, start: start + space, text: text.slice(space) });
      start += text.length;
    }
    return found;
  });
}

/** The lines with other words for one of their sentences. */
export function withSentence(
  lines: readonly string[],
  { line, start, text }: SourceSentence,
  by: string,
): string[] {
  return lines.map((source, index) =>
    index === line ? source.slice(0, start) + by + source.slice(start + text.length) : source,
  );
}

/** The sentence that has most of the rule's words. */
export function sentenceLike(lines: readonly string[], rule: string): SourceSentence | undefined {
  const wanted = new Set(words(rule));
  const ranked = sentencesIn(lines).map((sentence) => ({
    sentence,
    shared: new Set(words(sentence.text).filter((word) => wanted.has(word))).size,
  }));
  return ranked.sort((a, b) => b.shared - a.shared)[0]?.sentence;
}
