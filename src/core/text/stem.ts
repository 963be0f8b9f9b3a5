/**
 * Porter's stemmer (1980, Program 14, 130-137), with his later departures (`logi`, `bli`). Words below three letters
 * and words with anything but a-z stay as they are.
 */

const step2 = suffixes(
  'ational>ate tional>tion enci>ence anci>ance izer>ize bli>ble alli>al entli>ent eli>e ousli>ous ' +
    'ization>ize ation>ate ator>ate alism>al iveness>ive fulness>ful ousness>ous aliti>al iviti>ive biliti>ble logi>log',
);
const step3 = suffixes('icate>ic ative> alize>al iciti>ic ical>ic ful> ness>');
const step4 = suffixes(
  'al> ance> ence> er> ic> able> ible> ant> ement> ment> ent> ion> ou> ism> ate> iti> ous> ive> ize>',
);

/** Longest suffix first: the rules of one step exclude each other that way. */
function suffixes(rules: string): readonly (readonly [string, string])[] {
  return rules
    .split(' ')
    .map((rule): [string, string] => {
      const [suffix = '', replacement = ''] = rule.split('>');
      return [suffix, replacement];
    })
    .sort((a, b) => b[0].length - a[0].length);
}

/** The word's letters as c (consonant) and v (vowel); y is a vowel after a consonant. */
function shape(word: string): string {
  let result = '';
  for (const letter of word) {
    const vowel = 'aeiou'.includes(letter) || (letter === 'y' && result.endsWith('c'));
    result += vowel ? 'v' : 'c';
  }
  return result;
}

/** Porter's m: how often a vowel sequence is followed by a consonant sequence. */
function measure(stem: string): number {
  return shape(stem).match(/v+c+/g)?.length ?? 0;
}

function hasVowel(stem: string): boolean {
  return shape(stem).includes('v');
}

function endsShort(stem: string): boolean {
  return shape(stem).endsWith('cvc') && !/[wxy]$/.test(stem);
}

function replace(
  word: string,
  rules: readonly (readonly [string, string])[],
  allowed: (rest: string, suffix: string) => boolean,
): string {
  const rule = rules.find(([suffix]) => word.endsWith(suffix));
  if (!rule) return word;
  const rest = word.slice(0, word.length - rule[0].length);
  return allowed(rest, rule[0]) ? rest + rule[1] : word;
}

function plural(word: string): string {
  if (word.endsWith('sses') || word.endsWith('ies')) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function pastOrGerund(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const rest = /^(.*)(?:ed|ing)$/.exec(word)?.[1];
  if (rest === undefined || !hasVowel(rest)) return word;
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (/([^aeioulsz])\1$/.test(rest)) return rest.slice(0, -1);
  return measure(rest) === 1 && endsShort(rest) ? `${rest}e` : rest;
}

function finalE(word: string): string {
  if (word.endsWith('e')) {
    const rest = word.slice(0, -1);
    const m = measure(rest);
    if (m > 1 || (m === 1 && !endsShort(rest))) return rest;
  }
  return word.endsWith('ll') && measure(word) > 1 ? word.slice(0, -1) : word;
}

/** The stem of one lower-case word. */
export function stem(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
  let result = pastOrGerund(plural(word));
  if (result.endsWith('y') && hasVowel(result.slice(0, -1))) result = `${result.slice(0, -1)}i`;
  result = replace(result, step2, (rest) => measure(rest) > 0);
  result = replace(result, step3, (rest) => measure(rest) > 0);
  result = replace(
    result,
    step4,
    (rest, suffix) => measure(rest) > 1 && (suffix !== 'ion' || /[st]$/.test(rest)),
  );
  return finalE(result);
}
