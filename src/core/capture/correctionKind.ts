import type { CorrectionType, Severity, Signal } from '../model/common';
import { withoutPastedText } from './message/pastedText';

/** First match wins: from what is said most specifically to what is said most vaguely. */
const typeRules: readonly (readonly [CorrectionType, RegExp])[] = [
  [
    'incorrect_interpretation',
    /\b(?:i (?:meant?|was asking|asked (?:about|for))|that'?s not what i|not what i (?:meant|asked|want)|misunderst\w+|you misread|i didn'?t (?:mean|ask)|we (?:were|are) (?:working|talking) (?:on|about)|i want you to)\b/,
  ],
  [
    'formatting_correction',
    /\b(?:format(?:ting|ted)?|indent\w*|markdown|bold|heading|bullet|table|white ?space|line ?breaks?|newlines?|capitali[sz]\w*|lower ?case|upper ?case|typo|emoji|check ?mark|naming|docstring|layout|align\w*|should(?:n'?t)? look|like this|be called|concise|literally)\b/,
  ],
  [
    'missing_information',
    /\b(?:missing|you forgot|forgot to|left out|you missed|didn'?t (?:include|mention|add|update|show)|add (?:at least|the missing)|not included|incomplete|did (?:you|u) (?:also )?(?:update|include|add)|show me)\b/,
  ],
  [
    'technical_correction',
    /\b(?:fail(?:s|ed|ing|ures?)?|brok(?:e|en)|crash\w*|errors?|exception|panic|bugs?|hang(?:s|ing)|duplicates?|(?:does|do|did|is)(?:n'?t| not) (?:work|compile|build|start|load|appear)\w*|not working|nothing happens|segfault|regress\w*|stack ?trace|vulnerab\w*|race condition)\b/,
  ],
  [
    'quality_improvement',
    /\b(?:clean(?:er|up)?|simpl(?:er|ify|est)|readab\w+|refactor|better|nicer|yuck|ugly|elegant|verbose|duplicat\w+ code|coverage|performance|faster|slow|grammar|wording|think harder|ultrathink|idiomatic|zoom)\b/,
  ],
  [
    'content_correction',
    /\b(?:wrong|incorrect|inaccurate|not (?:correct|true|right|accurate)|isn'?t (?:correct|true|right)|outdated|the (?:numbers?|names?|values?|dates?|links?)|actually|fact)\b/,
  ],
];

export interface CorrectionKind {
  readonly type: CorrectionType;
  /** For a reader: what decided on the type. */
  readonly typeReason: string;
  readonly severity: Severity;
  readonly severityReason: string;
}

/** Type and severity of a correction, as the words and the signal tell, each with what decided on it. */
export function correctionKind(words: string, signal: Signal): CorrectionKind {
  const plain = ownWords(words);
  const [type, typeReason] = typeOf(plain, words, signal);
  const [severity, severityReason] = severityOf(plain, words, signal);
  return { type, typeReason, severity, severityReason };
}

/** The type that the words speak of; without words, what the person stopped tells no more than the approach. */
function typeOf(plain: string, words: string, signal: Signal): readonly [CorrectionType, string] {
  if (rewrites.has(signal)) return ['content_correction', 'the person changed the text itself'];
  for (const [type, rule] of typeRules) {
    const found = rule.exec(plain);
    if (found) return [type, said(found)];
  }
  if (plain !== '') return ['approach_correction', 'no words that speak of another type'];
  return ['approach_correction', words.trim() === '' ? 'stopped without words' : onlyPasted];
}

const onlyPasted = 'nothing but pasted text';
const rewrites: ReadonlySet<Signal> = new Set(['edit-modified', 'post-edit', 'edit-undone']);

function said([words]: RegExpExecArray): string {
  return `the person said “${words.trim()}”`;
}

const critical =
  /\b(?:nuked|wiped|destroyed|lost (?:all|my|our)|deleted (?:all|my|our|the (?:database|repo|branch))|data ?loss|leaked|force[- ]pushed|(?:broke|down in) production|rm -rf)\b/;
const high =
  /\b(?:never|must not|told you|asked you|how many times|every time|again|still|stop|revert|undo|not allowed|without (?:my )?(?:permission|asking)|why (?:did|are|were|do) you|didn'?t ask|entire(?:ly)? broken|instructions|top priority|serious|completely|at all)\b/;
const low =
  /\b(?:nit|nitpick|minor|small|tiny|slightly|maybe|perhaps|could (?:we|you) also|prefer|would be (?:nice|nicer|better)|grammar|typo|wording|how about|rename|cosmetic|little bit)\b/;

/** How much the mistake matters, as the words tell; a stop without words is low, an edit by hand medium. */
function severityOf(plain: string, words: string, signal: Signal): readonly [Severity, string] {
  if (plain === '' && words.trim() !== '') return ['medium', onlyPasted];
  if (plain === '') {
    return signal === 'interrupted' || signal === 'tool-rejected'
      ? ['low', 'stopped without words']
      : ['medium', 'changed by hand'];
  }
  const gravest = critical.exec(plain);
  if (gravest) return ['critical', said(gravest)];
  const grave = high.exec(plain) ?? shouted.exec(words);
  if (grave) return ['high', said(grave)];
  const slight = low.exec(plain);
  return slight ? ['low', said(slight)] : ['medium', 'no words that make it more or less'];
}

const shouted = /\b(?:NO|NOT|NEVER|STOP|DON'?T|WRONG|IMPORTANT)\b|!{2,}|\?{2,}|\?!/;

function ownWords(words: string): string {
  return withoutPastedText(words).toLowerCase().replaceAll('’', "'").trim();
}
