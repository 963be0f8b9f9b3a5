import { plainProse } from '../text/plainProse';
import { words } from '../text/words';
import { backgroundShare } from './backgroundFrequency';

/** One message, and who said it: messages of one source do not vouch for each other. */
export interface Said {
  readonly text: string;
  readonly source: string;
}

/** What the messages of a group have in common. */
export interface SharedWords {
  /** Cosine of a text's words and of the words that sources other than `source` use, in [0, 1]; common words count less. */
  readonly likeness: (content: Iterable<string>, source: string) => number;
  /** Does a source other than `source` use the word, given as a stem? */
  readonly usedElsewhere: (word: string, source: string) => boolean;
}

/** Instructions at large that stand behind the few messages of a group. */
const backgroundInstructions = 300;
/** Stems of talk about the work at hand, which say little about what recurs. */
const talk = new Set(
  (
    'think hard harder ultrathink show tell explain answer proce proceed continu start try talk respond help remark proper ' +
    'properli correctli carefulli care whole actual review work time step read write add remov delet updat chang modifi fix ' +
    'creat check'
  ).split(' '),
);
/** Characters of a message that are read at most: a correction that says more says it at its start. */
const mostRead = 6000;
/** Longer than any word, path or identifier that is worth a look; patterns for those would take long over it. */
const endless = /(?<!\S)\S{120,}/g;

/** The part of a message that is read, each character in its place. */
export function startOf(text: string, most = mostRead): string {
  return text.slice(0, most).replace(endless, (run) => ' '.repeat(run.length));
}

/** How much a stem says, from 0 to ln 301: little where instructions at large, or talk about the work at hand, hold it. */
export function weightOf(word: string): number {
  const frequency = backgroundInstructions * (backgroundShare.get(word) ?? 0);
  const weight = Math.log((1 + backgroundInstructions) / (1 + frequency));
  return talk.has(word) ? weight / 2 : weight;
}

/** @param messages as `startOf` leaves them; the caller caps their number */
export function sharedWords(messages: readonly Said[]): SharedWords {
  const users = new Map<string, Set<string>>();
  for (const { text, source } of messages) {
    for (const word of words(plainProse(text))) {
      const known = users.get(word);
      if (known) known.add(source);
      else users.set(word, new Set([source]));
    }
  }
  const others = Math.max(1, new Set(messages.map(({ source }) => source)).size - 1);
  const elsewhere = (word: string, source: string): number => {
    const seen = users.get(word);
    return seen === undefined ? 0 : seen.size - (seen.has(source) ? 1 : 0);
  };
  // Sorted, so that the sum does not depend on the order of the messages.
  const squares = [...users].map(([word, seen]) => (weightOf(word) * ((seen.size - 1) / others)) ** 2);
  const norm = Math.sqrt(squares.sort((a, b) => a - b).reduce((sum, each) => sum + each, 0));
  return {
    likeness: (content, source) => {
      let product = 0;
      let own = 0;
      for (const word of new Set(content)) {
        const weight = weightOf(word);
        product += (weight * weight * elsewhere(word, source)) / others;
        own += weight * weight;
      }
      return norm === 0 || own === 0 ? 0 : Math.min(1, product / (Math.sqrt(own) * norm));
    },
    usedElsewhere: (word, source) => elsewhere(word, source) > 0,
  };
}
