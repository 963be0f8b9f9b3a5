import { stripLineEnd } from '../../prompt/splitLines';
import { words } from '../../text/words';
import { type Emphasis, isOrder } from '../style/promptStyle';
import { firmer } from './firmer';
import { type SourceSentence, sentenceLike, withSentence } from './sentenceAt';

export interface Sharper {
  readonly lines: string[];
  /** What was done, behind "so": "its vague wording is made firm". */
  readonly how: string;
}

/** Share of the rule's content words from which an instruction says it already. */
const saysIt = 0.8;

function known(rule: string, instruction: string): number {
  const own = new Set(words(rule));
  const there = new Set(words(instruction));
  return own.size === 0 ? 1 : [...own].filter((word) => there.has(word)).length / own.size;
}

function small(text: string): string {
  return /^\p{Lu}\p{Ll}*(?=\s)/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** What the rule says behind its order: the case, or what is not to be done. */
const tailOf =
  /,? (?:(?:before|after|when(?:ever)?|unless|until|if|while|without|instead of|rather than)\b|not\b(?=[^.]*$)).*$/i;

/** The rule's case or remedy put into the sentence, where its order stands there already. */
function merged(sentence: string, rule: string): string | undefined {
  const bare = rule.replace(/\.$/, '');
  const tail = tailOf.exec(bare)?.[0];
  if (tail === undefined || known(bare.slice(0, -tail.length), sentence) < 1) return undefined;
  if (known(tail, sentence) >= 0.5 || /[:?]$/.test(sentence) || tailOf.test(sentence)) return undefined;
  if (words(bare.slice(0, -tail.length)).length === 0) return undefined;
  const end = /[.!]?["')\]*_]*$/.exec(sentence)?.[0] ?? '';
  return `${sentence.slice(0, sentence.length - end.length)}${tail}${end}`;
}

/** "Run the tests." → "Always run the tests."; "Do not push." → "Never push." */
function always(sentence: string): string | undefined {
  const not = /^(?:do not|don['’]t) /i.exec(sentence);
  if (not !== null) return `Never ${sentence.slice(not[0].length)}`;
  if (/\b(?:must|always|never)\b/i.test(sentence)) return undefined;
  if (!isOrder(sentence) || /^(?:avoid|ensure|make sure|remember)\b/i.test(sentence)) return undefined;
  return `Always ${small(sentence)}`;
}

const stressed = /\*\*|__|\b(?:MUST|NEVER|ALWAYS|DO NOT)\b|\b(?:IMPORTANT|CRITICAL|REQUIRED|Required):/;

/** The sentence stressed as the prompt stresses others; `undefined` where it is already. */
function stress(sentence: string, emphasis: Emphasis): string | undefined {
  if (stressed.test(sentence)) return undefined;
  if (emphasis === 'important') return `IMPORTANT: ${sentence}`;
  if (emphasis === 'capitals') {
    const loud = sentence.replace(/\b(?:must not|must|never|always|do not)\b/i, (word) => word.toUpperCase());
    return loud === sentence ? `IMPORTANT: ${sentence}` : loud;
  }
  return /[`*_[\]:]/.test(sentence) ? `**Required:** ${sentence}` : `**${sentence}**`;
}

interface Words {
  readonly rule: string;
  readonly emphasis: Emphasis;
  readonly example?: string;
}

function again(
  lines: readonly string[],
  sentence: SourceSentence,
  { emphasis, example }: Words,
): Sharper | undefined {
  const { text } = sentence;
  const by = (words: string, how: string) => ({ lines: withSentence(lines, sentence, words), how });
  const firm = firmer(text);
  if (firm !== undefined) return by(firm, 'its vague wording is made firm');
  const bare = example?.replaceAll('`', '');
  if (
    example !== undefined &&
    bare !== undefined &&
    /[.!]$/.test(text) &&
    !lines.join('').replaceAll('`', '').includes(bare)
  )
    return by(`${text} Example: ${example}.`, 'an example is added to it');
  const whole = always(text);
  if (whole !== undefined) return by(whole, 'it says that it always holds');
  const loud = stress(text, emphasis);
  return loud === undefined
    ? undefined
    : by(loud, 'it is stressed, since its words leave nothing to sharpen');
}

/**
 * The lines of an instruction, sharpened by the smallest edit: with what the rule says more, else firm where it is vague, with an
 * example, as holding always, or stressed as the prompt does it; `undefined` when nothing of that is left. Line ends stay as they are.
 */
export function sharpen(lines: readonly string[], words: Words): Sharper | undefined {
  const { rule } = words;
  const last = lines.at(-1);
  const sentence = sentenceLike(lines, rule);
  if (sentence === undefined || last === undefined) return undefined;
  if (known(rule, lines.join(' ')) >= saysIt) return again(lines, sentence, words);
  const joined = merged(sentence.text, rule);
  if (joined !== undefined)
    return { lines: withSentence(lines, sentence, joined), how: 'only what is new is put into it' };
  const bare = stripLineEnd(last).trimEnd();
  // What leads into nested lines has to stay the end of its line.
  if (bare.endsWith(':')) {
    const first = { ...sentence, line: 0 };
    if (sentence.line !== 0) return undefined;
    return {
      lines: withSentence(lines, first, `${rule} ${sentence.text}`),
      how: 'what it leaves out is put before it',
    };
  }
  // A rule is no answer to a question.
  if (/\?["')\]*_`]*$/.test(bare)) return undefined;
  const ended = /[.!]["')\]*_`]*$/.test(bare) ? bare : `${bare}.`;
  return {
    lines: [...lines.slice(0, -1), `${ended} ${rule}${last.slice(stripLineEnd(last).length)}`],
    how: 'what it leaves out is put behind it',
  };
}
