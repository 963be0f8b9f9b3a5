import { clauses, directiveClauses } from './directiveClause';

const longest = 80;
const fewestWords = 3;

/** Reproaches and wishes, each as the command that it stands for. The first that fits counts; `$1` is the deed. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/^why (?:did(?:n['’]?t you| you not)|do(?:n['’]?t you| you not)|are(?:n['’]?t you| you not)) (.+)/i, '$1'],
  [/^why (?:did|do|would) you (?:just |still |keep )?(.+)/i, 'Do not $1'],
  [/^why (?:are|were) you (?:still )?(\w+ing .+)/i, 'Stop $1'],
  [
    /^(?:so |but )?you (?:did(?:n['’]?t| not)|forgot to|failed to|have to|need to|must|should(?:n['’]?t have| have|['’]?ve)? to) (.+)/i,
    '$1',
  ],
  [
    /^(?:so |but )?you (?:should(?:n['’]?t| not)|must(?:n['’]?t| not)|can(?:['’]?t|not)) (?!have\b)(.+)/i,
    'Do not $1',
  ],
  [/^(?:so |but )?you should (?!have\b)(.+)/i, '$1'],
  [/^(?:so |but )?(?:you(?:['’]?re| are) (?:still )?|you keep )(\w+ing .+)/i, 'Stop $1'],
  [/^(?:did|have) you (?!mean|see|know)(?:actually |properly |really )?(\w+ .+)/i, 'Check: did you $1'],
  [/^are you (\w+ing .+)/i, 'Check: are you $1'],
  [/^(?:can|could|would|will) you (?:please )?(.+)/i, '$1'],
  [/^(?:i (?:would like|want|need|asked|told|expect) you to) (.+)/i, '$1'],
  [/^(?:we|i) (?:never) (.+)/i, 'Never $1'],
  [/^(?:we|i) (?:always) (.+)/i, 'Always $1'],
  [/^(?:please|now|just|then|and|so|but|also|instead),? (.+)/i, '$1'],
];

/** Words with which a command begins; anything else that no form fits is no command. */
const commanding =
  /^(?:do not|don['’]?t|never|always|stop|avoid|make sure|ensure|be|only|use|add|ask|build|change|check|clean|commit|confirm|continue|create|delete|document|edit|enter|explain|find|finish|fix|follow|format|implement|include|install|investigate|keep|leave|limit|look|merge|move|name|open|plan|prefer|push|put|read|record|rebase|refactor|remember|remove|rename|replace|rerun|resolve|restore|revert|review|rewrite|run|save|set|show|simplify|skip|split|start|stay|stick|switch|tell|test|think|track|try|undo|update|verify|wait|work|write|recheck|re-?read|search|step|cover|describe|reuse|return|start|give|get|take|think)\b/i;

function tidy(text: string): string {
  const plain = text
    .replace(/[*`]+/g, '')
    .replace(/^(?:don['’]?t|do not)\b/i, 'Do not')
    .replace(/\s+/g, ' ')
    .replace(/^[^\p{L}\p{N}@/]+/u, '')
    .trim();
  const short = plain.length <= longest ? plain : `${plain.slice(0, longest).replace(/\s+\S*$/, '')}…`;
  return short.replace(/[\s,;:.!-]+$/, '');
}

function capitalize(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase('en') + text.slice(1);
}

/** A clause turned into a command; undefined where it is none. */
function command(clause: string): string | undefined {
  let text = clause.trim();
  for (let round = 0; round < 3; round++) {
    const form = forms.find(([pattern]) => pattern.test(text));
    if (!form) break;
    const made = text.replace(form[0], form[1]);
    if (form[1] !== '$1') return made;
    text = made;
    if (/^why\b|^you\b/i.test(clause) && !/^(?:please|now|just|then|and|so|but|also)\b/i.test(text)) {
      return text.replace(/\?+$/, '');
    }
  }
  return commanding.test(text) ? text : undefined;
}

/**
 * The imperative that a message comes down to, at most about 80 characters, capitalised: "why didn't you switch into the
 * session repo?" becomes "Switch into the session repo". `undefined` where no clause of it commands.
 */
export function imperative(message: string): string | undefined {
  const candidates = directiveClauses(message)
    .flatMap(({ text, weight }) => {
      const made = command(text);
      if (made === undefined) return [];
      const question = made.startsWith('Check: ');
      return [{ text: tidy(question ? made : made.replace(/\?+$/, '')), weight: question ? 0 : weight }];
    })
    .filter(({ text }) => text.split(' ').length >= fewestWords);
  candidates.sort((a, b) => b.weight - a.weight);
  const best = candidates[0];
  return best === undefined ? undefined : capitalize(best.text);
}

/** The person's own words as something to heed, for messages that hold no command. */
export function heed(message: string): string {
  const first = clauses(message)[0] ?? message;
  return `Heed: “${tidy(first)}”`;
}
