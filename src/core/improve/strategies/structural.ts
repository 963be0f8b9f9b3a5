import type { Instruction, PromptDocument } from '../../prompt/promptDocument';
import { stripLineEnd } from '../../prompt/splitLines';
import { words } from '../../text/words';
import { emphasisOf } from '../style/promptStyle';
import { sharpen } from './sharpen';
import type { Edit, Strategy } from './strategy';

/** An instruction of more words than this hides its sentences. */
const longInstruction = 40;
/** A prompt of more lines than this is long, and what stands in its last two fifths is far down. */
const longPrompt = 100;
const farDown = 0.6;
const mostMovedLines = 40;

/** Sentences of a Markdown source line, or `undefined` where a split would break emphasis or code. */
function splitSource(source: string): string[] | undefined {
  const parts = source.split(/(?<=[.!?])\s+(?=[A-Z`"*])/);
  const whole = parts.every((part) =>
    [/`/g, /\*\*/g, /\[/g].every((sign) => (part.match(sign)?.length ?? 0) % 2 === 0),
  );
  return whole && parts.length > 1 ? parts : undefined;
}

function overlap(a: string, b: string): number {
  const there = new Set(words(b));
  return words(a).filter((word) => there.has(word)).length;
}

/** Gives the sentence that was not followed a line of its own, before the others. */
function split(document: PromptDocument, covering: Instruction, rule: string): Edit | undefined {
  if (covering.text.split(/\s+/).length <= longInstruction) return undefined;
  const lines = document.lines.slice(covering.line - 1, covering.endLine);
  const first = (lines[0] ?? '').replace(/^\uFEFF/, '');
  const bom = (lines[0] ?? '').slice(0, (lines[0] ?? '').length - first.length);
  const [lead = ''] = (covering.listItem ? /^\s*[-*+]\s+/ : /^(?![\s>])/).exec(first) ?? [];
  if (covering.listItem && lead === '') return undefined;
  const source = lines
    .map((line, index) => stripLineEnd(index === 0 ? first.slice(lead.length) : line).trim())
    .join(' ');
  const parts = splitSource(source);
  if (parts === undefined || source.startsWith('>')) return undefined;
  const ranked = parts.map((part, index) => ({ index, shared: overlap(rule, part) }));
  const target = ranked.sort((a, b) => b.shared - a.shared || a.index - b.index)[0]?.index ?? 0;
  const others = parts.filter((_, index) => index !== target).join(' ');
  const alone = [`${lead}${parts[target] ?? ''}${document.eol}`];
  const key = sharpen(alone, { rule, emphasis: emphasisOf(document) })?.lines ?? alone;
  const between = covering.listItem ? '' : document.eol;
  return {
    section: covering.section,
    startLine: covering.line - 1,
    before: lines.join(''),
    after: `${bom}${key.join('')}${between}${lead}${others}${document.eol}`,
    because: `line ${covering.line} says so among ${parts.length} sentences and was not followed, so that sentence gets a line of its own, first`,
  };
}

/** Moves an item that stands far down in a long prompt to the top of its list. */
function moveUp(document: PromptDocument, covering: Instruction, rule: string): Edit | undefined {
  const { lines, lists } = document;
  if (lines.length < longPrompt || covering.line < lines.length * farDown) return undefined;
  const list = lists.find((each) => each.startLine <= covering.line && covering.line <= each.endLine);
  const item = list?.items.find((each) => each.line === covering.line);
  if (list === undefined || item === undefined || list.ordered || list.loose) return undefined;
  const passed = list.items.filter((each) => each.line < item.line).length;
  if (passed < 3 || item.endLine - list.startLine >= mostMovedLines) return undefined;
  const own = lines.slice(item.line - 1, covering.endLine);
  const sharper = sharpen(own, { rule, emphasis: emphasisOf(document) })?.lines ?? own;
  const ended = [...sharper, ...lines.slice(covering.endLine, item.endLine)].map(
    (line) => stripLineEnd(line) + document.eol,
  );
  return {
    section: covering.section,
    startLine: list.startLine - 1,
    before: lines.slice(list.startLine - 1, item.endLine).join(''),
    after: [...ended, ...lines.slice(list.startLine - 1, item.line - 1)].join(''),
    because: `line ${covering.line} of ${lines.length} says so far down and was not followed, so it moves up past ${passed} others to the top of its list`,
  };
}

/** Dice coefficient of two items' words from which one of them is enough. */
const sameItem = 0.9;

function sameWords(a: string, b: string): boolean {
  const [left, right] = [new Set(words(a)), new Set(words(b))];
  const shared = [...left].filter((word) => right.has(word)).length;
  return left.size >= 2 && (2 * shared) / (left.size + right.size) >= sameItem;
}

/** Says the opposite of what it shares its words with, or may. */
const negation = /\b(?:not|never|no|avoid|without|except|unless)\b|n['’]t\b/i;

/** Takes out the second of two items of the same list that say the same. */
function fold(document: PromptDocument, covering: Instruction): Edit | undefined {
  const list = document.lists.find(
    ({ startLine, endLine, ordered }) => !ordered && startLine <= covering.line && covering.line <= endLine,
  );
  const plain = (list?.items ?? []).filter((item) =>
    document.instructions.some((each) => each.line === item.line && each.endLine === item.endLine),
  );
  const own = plain.find(({ line }) => line === covering.line);
  if (list === undefined || own === undefined || list.loose) return undefined;
  const textAt = (line: number) => document.instructions.find((each) => each.line === line)?.text ?? '';
  const twin = plain.find(
    ({ line }) =>
      line !== own.line &&
      sameWords(textAt(line), covering.text) &&
      negation.test(textAt(line)) === negation.test(covering.text),
  );
  if (twin === undefined) return undefined;
  const [kept, gone] = own.line < twin.line ? [own, twin] : [twin, own];
  if (gone.endLine - kept.line >= mostMovedLines) return undefined;
  const { lines } = document;
  return {
    section: covering.section,
    startLine: kept.line - 1,
    before: lines.slice(kept.line - 1, gone.endLine).join(''),
    after: lines.slice(kept.line - 1, gone.line - 1).join(''),
    because: `lines ${kept.line} and ${gone.line} of one list say so in nearly the same words and were not followed, so they become one`,
  };
}

/** An instruction covers the corrections but is easily overlooked: it gets a better place. */
export const structural: Strategy = {
  name: 'structural',
  propose({ document, rule, covering }) {
    if (covering === undefined) return undefined;
    return fold(document, covering) ?? split(document, covering, rule) ?? moveUp(document, covering, rule);
  },
};
