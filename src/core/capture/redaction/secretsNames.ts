/** Words that make a name the name of a secret, or of something that may be one. */
export const nameWord =
  /pass(?:w(?:or)?[dt]|phrase|code|wd)?|pwd|secret|token|key|cred(?:ential)?s?|auth|bearer|signature|cookie|sess|connection[_-]?string|dsn|webhook|sid|sig|pat|jwt|pin|mnemonic|seed/gi;

/** How much a name says of its value: surely secret, secret when it looks random, or nothing. */
export type Secrecy = 'secret' | 'perhaps' | 'none';

/** Words that another word before them makes into something else, or that are parts of longer words. */
const short = /^(?:pass|key|creds?|auth|sess|dsn|sid|sig|pat|pin|jwt|seed|pwd)$/i;
const compound =
  /(?:api|app|sdk|access|secret|private|account|shared|master|auth|client|crypt|encryption|signing|service|storage|license|admin|deploy|user|db|root|smtp|ftp|mail|pg|sql|redis|env|ssh|web)$/i;
const secretKey =
  /(?:api|app|sdk|access|secret|private|account|shared|master|auth|client|crypt|cryption|encrypt|sign|signing|service|storage|license|subscription|admin|deploy|hmac|jwt|webhook|ssh|function|ingest|role|anon)[-_. ]?$/i;
/** A name that goes on like this names a measure, a place or a description of the secret. */
const aside =
  /(?:count|counts|limit|length|len|size|type|name|names|id|ids|url|uri|endpoint|path|file|dir|expir\w*|ttl|age|format|pattern|regex|field|header|label|placeholder|policy|hint|prefix|usage|used|budget|index|kind|map|list|ref|arn|version|var|variable|status|state|error|valid\w*|required|enabled|manager|provider|store|issuer|scopes?|algorithm|description|title|text|message|rotation|strength|min|max|cost|price|per\w*|window|args?|colou?r|source|generator|service|hash|digest|ring|board|stone|word|frames?|code|press|up|down|event)s?$/i;
const otherKey =
  /(?:public|pub|foreign|primary|partition|sort|cache|hot|composite|object|map|dict|idempotency|translation|i18n|query|row|group|unique|natural|react|gpg|pgp|issue|project|jira|ticket|session|lookup|recv|dedup\w*|hash|file|config|json|yaml|column|search|menu|shortcut|arrow|any|press|bucket|s3_?object)[-_. ]?$/i;

/** @param before what stands before the word, of its name; @param rest what its name goes on with. */
export function secrecyOf(before: string, word: string, rest: string): Secrecy {
  const isShort = short.test(word);
  const joined = /[A-Za-z]$/.test(before) && !(/[a-z]$/.test(before) && /^[A-Z]/.test(word));
  if (isShort && joined && !compound.test(before)) return 'none';
  const tail = rest.replace(/^s(?![a-z])/, '');
  if (!goesOn(word, tail)) return 'none';
  if (/^key$/i.test(word)) {
    if (otherKey.test(before)) return 'none';
    return secretKey.test(before) && !aside.test(tail) ? 'secret' : 'perhaps';
  }
  if (tail !== '' && aside.test(tail)) return 'perhaps';
  return /^(?:pass|pwd|secret|token|credential|creds|jwt|dsn|bearer|connection|mnemonic)/i.test(word)
    ? 'secret'
    : 'perhaps';
}

/** Whether the rest begins a new word of the name: `tokenValue` and `TOKEN_VALUE`, but not `tokenizer`. */
function goesOn(word: string, rest: string): boolean {
  if (rest === '') return true;
  return /^[A-Z]+$/.test(word) ? /^[_\-\d]/.test(rest) : /^[_\-\dA-Z]/.test(rest);
}
