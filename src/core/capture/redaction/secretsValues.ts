import type { Secrecy } from './secretsNames';
import { changesOfClass, isPlaceholder, isUuid, looksRandom } from './secretsOrdinary';

/** How a value is set apart: by quotes, by standing right behind `name=`, or by nothing but its own characters. */
export type Literal = 'quoted' | 'word' | 'loose';

/** A path, an address, a measure, a date, a version, a name or an algorithm: where a secret is, what it is, or how large. */
const references = [
  /^(?:[+-]?[.~]{0,2}\/|[A-Za-z]:\\)[\w.@#-]+(?:[/\\][\w.@#-]*)*$/,
  /^[a-z]{2,12}:\/\//i,
  /^[\d.,:_-]+[A-Za-z%+]{0,4}$/,
  /^\d{4}-\d\d-\d\d/,
  /^v?\d+(?:\.\d+)+/,
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?:=\w{0,8})?$/,
  /^(?=.{1,40}$)[A-Za-z_$][\w$]*(?:(?:::|\.|->|\?\.)[A-Za-z_$][\w$]*)+$/,
  /^[A-Z][a-z]+\d{1,2}[A-Z][a-z]+$/,
  /^(?:[a-z]+\d{0,3}_){2,}[a-z]+\d{0,3}$/,
  /^#[0-9a-f]{6,8}$|^0x[0-9a-f]+$|^[#@][a-z][a-z-]*$/i,
  /\/\*|\*\/|\(\?|\[\^|\][+*]|%s(?![A-Za-z\d])/,
  /^base64(?!:|%3A)|^(?:sha|hs|rs|es|aes|md|utf|argon|bcrypt|pbkdf|pkcs|oauth)[-_]?\d{1,4}(?![A-Za-z\d])/i,
];

function isReference(value: string): boolean {
  return references.some((reference) => reference.test(value));
}

/** Digests and revisions, also behind the words of a cache's key, under a name that does not surely name a secret. */
export function isDigest(value: string, name: string, secrecy: Secrecy): boolean {
  if (!/^(?:[0-9a-f]{40}|[0-9A-F]{40}|[0-9a-f]{64})$|[-_/:][0-9a-f]{32,}$/.test(value)) return false;
  return secrecy !== 'secret' && !/^[A-Z0-9_]+$/.test(name);
}

/** Whether a value that some name stands for is one that only a random generator makes. */
export function isGenerated(value: string, next: string): boolean {
  return looksRandom(value) && !/[(<]/.test(next) && !isReference(value);
}

/** Whether a value that a secret's name stands for is its secret, and not a plain word, a name or a path, as code and prose have. */
export function isSecret(value: string, name: string, literal: Literal, next: string): boolean {
  if (value.length < 6 || value.length > 4000 || isPlaceholder(value)) return false;
  if (/\$\{|\{\{|%\(|\$\(/.test(value)) return false;
  // A sentence in quotes is prose, unless it looks like a pass phrase.
  if (/\s/.test(value)) {
    if (/passphrase|mnemonic|seed/i.test(name) && /^[a-z]+(?: [a-z]+){3,}$/.test(value)) return true;
    return value.length < 60 && /\d/.test(value) && /[$!@#%^&*]/.test(value);
  }
  if (literal !== 'quoted' && /[\w(.[<]/.test(next)) return false;
  if (isUuid(value)) return true;
  if (isReference(value)) return /^\/.*[A-Z]/.test(value) && looksRandom(value);
  if (isTypeName(value) || (literal === 'loose' && /^[!?&|*+-]/.test(value))) return false;
  if (/^[A-Za-z_]+(?:[.:/-]+[A-Za-z_]+)*$/.test(value))
    return literal !== 'loose' && isLetters(value, name, literal);
  return /[A-Za-z]/.test(value) && /[\d!@#$%^&*~]/.test(value);
}

function digitsOf(value: string): number {
  return value.match(/\d/g)?.length ?? 0;
}

/** `TokenResponseV2`: words and at most two digits. */
function isTypeName(value: string): boolean {
  return (
    /^[A-Z][A-Za-z\d]{1,80}$/.test(value) &&
    /[a-z]{3}[A-Z]/.test(value) &&
    [1, 2].includes(digitsOf(value)) &&
    (value.match(/[A-Z]?[a-z]{2,}/g)?.join('').length ?? 0) > value.length * 0.7
  );
}

/** Words that code and forms have beside passwords. */
const formWord =
  /pass|user|secret|token|valid|requir|confirm|field|input|forgot|reset|change|login|enter|show|hid|string|text|hash|crypt|plain|match|account|option|current|visib|auth|private|public|request|response|error|data|default|undefined|null|empty|weak|strong/i;

/** Letters alone: a password, or a token in which no digit came up. */
function isLetters(value: string, name: string, literal: Literal): boolean {
  if (
    value.length >= 16 &&
    /[a-z][A-Z]/.test(value) &&
    changesOfClass(value) >= (literal === 'word' ? 0.1 : 0.22)
  )
    return true;
  return (
    /^[A-Za-z]{8,40}$/.test(value) &&
    /pass|pwd/i.test(name) &&
    !formWord.test(value) &&
    (literal === 'quoted' || /^[a-z]+$/.test(value))
  );
}

/** Whether a word of a sentence, behind `password is`, is no word of a sentence: mixed as no word and no name is. */
export function isSpokenSecret(word: string, next: string): boolean {
  if (word.length < 7 || word.length > 1000 || /[(<]/.test(next) || isPlaceholder(word) || isReference(word))
    return false;
  if (isUuid(word) || /^[0-9a-f]{24,}$/.test(word)) return true;
  if (!/[A-Za-z]/.test(word) || /[^!-~]|^[0-9a-f]+$/.test(word) || /\(|=(?!=?$)|::/.test(word)) return false;
  if (!/\d/.test(word)) {
    if (!/[a-z]/.test(word) || !/[A-Z]/.test(word)) return false;
    return (
      /[!@#$%^&*]\w|[@#$%^&]$/.test(word) || (/^[A-Za-z]{16,}$/.test(word) && changesOfClass(word) >= 0.25)
    );
  }
  if (/[^\w.\-/:'"]/.test(word) || changesOfClass(word) >= 0.3) return true;
  return /[a-z][A-Z]|[A-Z][a-z]|[A-Z]\d|\d[A-Z]/.test(word) && (digitsOf(word) > 2 || !/[a-z]{4}/.test(word));
}
