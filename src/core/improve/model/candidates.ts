import type { Writer } from '../../model/improvement';
import { words } from '../../text/words';
import { rounded } from '../confidence';
import { carriesInjectedOrder, sentences } from '../write/cleanWords';
import { finishRule, singleLine } from '../write/ruleText';
import type { WrittenRule } from '../write/writer';
import type { RawCandidate } from './answer';
import type { Material } from './material';
import { longestRule } from './prompt';

const longestExample = 15;
const longestCondition = 14;
/** With less agreement the people's own words are better: the offline writer's turn. Not tuned. */
const leastClarity = 0.5;
const conditional = /\b(?:when(?:ever)?|if|unless|in case)\b|^(?:before|after|while|for|in)\b/i;
const wordCount = (text: string): number => text.split(/\s+/).filter(Boolean).length;

/**
 * Rules from a model's candidates, the best first. Its own esteem for them does not count: the clarity is how far the corrections agree
 * with the words.
 */
export function rulesFrom(
  raw: readonly RawCandidate[],
  material: Material,
  writer: Writer,
): readonly WrittenRule[] {
  const rules = raw.flatMap((each) => {
    const rule = ruleFrom(each, material, writer);
    return rule === undefined ? [] : [rule];
  });
  const distinct = rules.filter((rule, index) => rules.findIndex(({ text }) => text === rule.text) === index);
  return distinct.toSorted((a, b) => b.clarity - a.clarity || a.text.length - b.text.length);
}

function ruleFrom(raw: RawCandidate, material: Material, writer: Writer): WrittenRule | undefined {
  const known = knownText(material);
  const text = sentenceOf(raw, material, known);
  if (text === undefined) return undefined;
  const { corrections } = material;
  const covered = corrections.filter((each) => covers(text, each.text));
  const first = covered[0];
  // Not one correction says anything of it: made up.
  if (first === undefined) return undefined;
  const names = new Set(raw.usesCorrections.map((name) => name.trim().toLowerCase()));
  const named = corrections.filter(({ name }) => names.has(name));
  const agreement = Math.sqrt((covered.length * named.length) / corrections.length ** 2);
  const factor = finishRule(text)?.factor ?? 1;
  const clarity = rounded(agreement * factor);
  if (clarity < leastClarity) return undefined;
  const typical = covered.find((each) => named.includes(each)) ?? first;
  const example = exampleOf(raw.example, known);
  return {
    text,
    clarity,
    conditional: conditional.test(text),
    correctionId: typical.source.correctionId,
    writer,
    ...(example === undefined ? {} : { example }),
  };
}

/** Everything that the project itself says; links and code of a rule must stand in it. */
function knownText({ corrections, nearby, covering = '', role }: Material): string {
  return [...corrections.map(({ source }) => source.text), ...nearby, covering, role]
    .join('\n')
    .toLowerCase();
}

/** Names of programs, options and links that nobody mentioned are the model's own: such words are not taken. */
function isGrounded(text: string, known: string): boolean {
  if (/https?:|www\./i.test(text)) return false;
  const code = [...text.matchAll(/`([^`]+)`/g)].map(([, inner = '']) => inner.toLowerCase());
  return code.every((each) => known.includes(each.trim()));
}

function isSafe(text: string, known: string): boolean {
  return !carriesInjectedOrder(text) && isGrounded(text, known);
}

/** One sentence in its final form, or `undefined`. */
function sentenceOf(raw: RawCandidate, material: Material, known: string): string | undefined {
  // Looked at before marks are taken out as well: what they hide is no rule either.
  if (carriesInjectedOrder(raw.rule)) return undefined;
  const bare = singleLine(raw.rule).replace(/[\s.!;:,]+$/, '');
  const condition = material.condition === undefined ? conditionOf(raw.condition, known) : undefined;
  const joined =
    condition === undefined || conditional.test(bare) ? bare : `When ${condition}, ${lowerFirst(bare)}`;
  const text = `${joined.charAt(0).toUpperCase()}${joined.slice(1)}.`;
  if (words(text).length === 0 || wordCount(text) < 2 || wordCount(text) > longestRule) return undefined;
  if (/\?$/.test(bare) || sentences(text).length !== 1 || !isSafe(text, known)) return undefined;
  return text;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]*\b/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function conditionOf(given: string | null | undefined, known: string): string | undefined {
  const text = singleLine(given ?? '')
    .replace(/^(?:when(?:ever)?|if)\s+/i, '')
    .replace(/[\s.!;:,]+$/, '');
  return text === '' || wordCount(text) > longestCondition || !isSafe(text, known)
    ? undefined
    : lowerFirst(text);
}

function exampleOf(given: string | null | undefined, known: string): string | undefined {
  const text = singleLine(given ?? '').replace(/[\s.!;:,]+$/, '');
  return text === '' || wordCount(text) > longestExample || !isSafe(text, known) ? undefined : text;
}

/** A correction speaks of a rule when it has two of its content words, or the only one. Not tuned; a proxy for what it means. */
function covers(rule: string, correction: string): boolean {
  const ofRule = new Set(words(rule));
  const shared = new Set(words(correction).filter((word) => ofRule.has(word)));
  return shared.size >= Math.min(2, ofRule.size);
}
