import type { CorrectionType, Severity, Signal } from '../model/common';
import { withoutPastedText } from './pastedText';

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

/** The type that the words speak of; without words, what the person stopped tells no more than the approach. */
export function correctionTypeOf(words: string, signal: Signal): CorrectionType {
  if (signal === 'edit-modified' || signal === 'post-edit') return 'content_correction';
  const plain = ownWords(words);
  const found = typeRules.find(([, rule]) => rule.test(plain));
  return found?.[0] ?? 'approach_correction';
}

const critical =
  /\b(?:nuked|wiped|destroyed|lost (?:all|my|our)|deleted (?:all|my|our|the (?:database|repo|branch))|data ?loss|leaked|force[- ]pushed|(?:broke|down in) production|rm -rf)\b/;
const high =
  /\b(?:never|must not|told you|asked you|how many times|every time|again|still|stop|revert|undo|not allowed|without (?:my )?(?:permission|asking)|why (?:did|are|were|do) you|didn'?t ask|entire(?:ly)? broken|instructions|top priority|serious|completely|at all)\b/;
const low =
  /\b(?:nit|nitpick|minor|small|tiny|slightly|maybe|perhaps|could (?:we|you) also|prefer|would be (?:nice|nicer|better)|grammar|typo|wording|how about|rename|cosmetic|little bit)\b/;

/** How much the mistake matters, as the words tell; a stop without words is low, an edit by hand medium. */
export function severityOf(words: string, signal: Signal): Severity {
  const plain = ownWords(words);
  if (plain === '') return signal === 'interrupted' || signal === 'tool-rejected' ? 'low' : 'medium';
  if (critical.test(plain)) return 'critical';
  if (high.test(plain) || /\b(?:NO|NOT|NEVER|STOP|DON'?T|WRONG|IMPORTANT)\b|!{2,}|\?{2,}|\?!/.test(words))
    return 'high';
  return low.test(plain) ? 'low' : 'medium';
}

function ownWords(words: string): string {
  return withoutPastedText(words).toLowerCase().replaceAll('’', "'").trim();
}
