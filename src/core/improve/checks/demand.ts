import { backgroundShare } from '../../analysis/backgroundFrequency';
import { coverageWords, representativeOf } from '../../analysis/coverageWords';

/** One thing that an instruction asks for. */
export interface Demand {
  /**
   * Content words with what is asked of them: 1 to be done, -1 not to be done, 0 where the sentence only says when ("before
   * committing"), so that "never spawn before reading" and "read before spawning" do not oppose each other.
   */
  readonly signs: ReadonlyMap<string, -1 | 0 | 1>;
  /** Words of the case that it holds in ("When editing SQL, …"); none where it always holds. */
  readonly condition: ReadonlySet<string>;
  /** It is put as an order, not as a topic or a state of things. */
  readonly ordered: boolean;
  /** Paths, numbers, flags and identifiers, in small letters. */
  readonly specifics: ReadonlySet<string>;
}

const leadingCase = /^[^\p{L}]{0,12}(?:when(?:ever)?|if|for|in|on|while|during)\s[^,;:]{3,120}[,:]\s/iu;
const trailingCase = /\s(?:when(?:ever)?|if|while|unless)\s[^.;]{3,120}[.;]?$/iu;
const negation =
  /\b(?:never|not|don['’]?t|doesn['’]?t|mustn['’]?t|shouldn['’]?t|can['’]?t|cannot|won['’]?t|avoid(?:s|ed|ing)?|no|nothing|none|neither|nor|forbidden|prohibited|disallowed|stop|refrain|skip|without|free (?:from|of)|instead of|rather than|unnecessary)\b:?/i;
/** Parts of a sentence that take a negation no further. */
const boundary =
  /([,;.!?()–—]|(?<!never|not):|\s-\s|\b(?:but|unless|before|until|after|when|so that|because|since|use)\b)/i;
const timing = /^(?:before|until|after|unless|when|because|since|so that)$/i;
const specific =
  /(?:--?[a-z][\w-]*|[\w.@~*<>{}-]*[/_][\w./@*<>{}_-]*|\b\w+\.[a-z]{1,4}\b|\b[\w.]*\d[\w.]*\b)/gi;

const order =
  /^[^\p{L}]{0,12}(?:always|never|do|don['’]?t|avoid|use|run|keep|write|make|ensure|add|create|commit|push|prefer|include|ask|put|place|update|delete|remove|test|read|start|stop|follow|set|save|show|give|answer|explain|document|fix|edit|change|check|verify|review|mock|install|import|export|name|call|format|merge|open|close|wait|work|build|deploy|leave|store|wrap|handle|return|log|split|move|rename|print|send|generate)\s|\b(?:must|always|should|never|need to|have to|required to|do not|don['’]?t)\b/iu;
/** "Check for breaking changes" and "no breaking changes" want the same. */
const lookedFor = /^[^\p{L}]{0,12}(?:[A-Z]+:\s*)?(?:check|verify|look|search|watch|validate|scan|review)\b/iu;

function signsOf(text: string): Map<string, -1 | 0 | 1> {
  const signs = new Map<string, -1 | 0 | 1>();
  let timed = false;
  for (const part of text.split(boundary)) {
    if (boundary.test(part) && part.length < 9) {
      timed = timing.test(part);
      continue;
    }
    const at = part.search(negation);
    const [plain, negated] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at)];
    for (const word of coverageWords(plain)) if (!signs.get(word)) signs.set(word, timed ? 0 : 1);
    // "Never … without asking": what stands behind the second negation is asked for.
    const [first = '', ...rest] = negated.split(/\bwithout\b/i);
    const twice = /^\s*$/.test(first) ? -1 : 0;
    for (const word of coverageWords(first)) if (!signs.get(word)) signs.set(word, timed ? 0 : -1);
    for (const word of coverageWords(rest.join(' '))) if (!signs.get(word)) signs.set(word, twice);
  }
  return signs;
}

export function demandOf(text: string): Demand {
  const flat = text
    .replace(/\s+/g, ' ')
    .replace(/[*_`]{1,3}(?=\S)|(?<=\S)[*`]{1,3}/g, '')
    .trim();
  const leading = leadingCase.exec(flat)?.[0] ?? '';
  const rest = flat.slice(leading.length);
  const trailing = trailingCase.exec(rest)?.[0] ?? '';
  return {
    signs: signsOf(rest.slice(0, rest.length - trailing.length)),
    condition: new Set(coverageWords(`${leading} ${trailing}`)),
    ordered: order.test(rest) && !lookedFor.test(rest) && !rest.endsWith(':'),
    specifics: new Set((flat.match(specific) ?? []).map((each) => each.toLowerCase().replace(/[.,:]+$/, ''))),
  };
}

/** An instruction of several sentences asks for several things: each, and all of it. */
export function demandsOf(text: string): readonly Demand[] {
  const sentences = text.split(/(?<=[.!?;])\s+/).filter((each) => coverageWords(each).length > 1);
  return (sentences.length > 1 ? [text, ...sentences] : [text]).map(demandOf);
}

const instructionsAtLarge = 300;
const shares = new Map<string, number>();
for (const [word, share] of backgroundShare) {
  shares.set(representativeOf(word), Math.min(1, (shares.get(representativeOf(word)) ?? 0) + share));
}

/** How much a word says where no prompt is at hand to count it in: ln((1 + n) / (1 + n * share)) among instructions at large. */
export function weightAtLarge(word: string): number {
  return Math.log((1 + instructionsAtLarge) / (1 + instructionsAtLarge * (shares.get(word) ?? 0)));
}
