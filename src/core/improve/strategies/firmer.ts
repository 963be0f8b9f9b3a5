import { fromGerund } from '../write/verbs';

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type Reword = readonly [pattern: RegExp, by: (match: string, group: string, second: string) => string];

/** Words that leave it open whether an instruction holds, and what is left of the instruction without them. */
const vague: readonly Reword[] = [
  [/\b(?:Please )?try not to\b/i, (match) => (/^[A-Z]/.test(match) ? 'Do not' : 'do not')],
  [
    /\b(?:please )?try to (\p{L})/iu,
    (match, letter) => (/^[A-Z]/.test(match) ? letter.toUpperCase() : letter),
  ],
  [/\bmight want to\b|\bmay want to\b/i, () => 'must'],
  [/\bshould\b/i, () => 'must'],
  [
    /\bconsider (\p{L}+ing)\b/iu,
    (match, gerund) => {
      const verb = fromGerund(gerund);
      if (verb === undefined) return match;
      return /^[A-Z]/.test(match) ? capital(verb) : verb;
    },
  ],
  [
    /^prefer (?!to )([^.,;:]+?) over ([^.,;:]+)/i,
    (match, chosen, other) => `${/^[A-Z]/.test(match) ? 'Use' : 'use'} ${chosen}, not ${other}`,
  ],
  [/^prefer to (\p{L}+)/iu, (_, verb) => `Always ${verb}`],
  [
    /^(?:ideally|preferably|generally|usually|where possible|when possible|if possible),? (\p{L})/iu,
    (_, letter) => letter.toUpperCase(),
  ],
  [
    /,? (?:(?:when|where|if|whenever|wherever) possible|as (?:much|far) as possible|if you can)(?=[,.;!]|$)/i,
    () => '',
  ],
];

/** The sentence with its first vague wording made firm, all else as it is; `undefined` where it has none. Code stays. */
export function firmer(sentence: string): string | undefined {
  for (const [pattern, by] of vague) {
    const match = pattern.exec(sentence);
    if (match === null || (sentence.slice(0, match.index).split('`').length - 1) % 2 === 1) continue;
    const [found, first = '', second = ''] = match;
    const behind = sentence.slice(match.index + found.length);
    const firm = sentence.slice(0, match.index) + by(found, first, second) + behind;
    if (firm !== sentence) return firm;
  }
  return undefined;
}
