/** Stands where a secret would: placeholders, types, and references to where the secret really is. */
const placeholder =
  /^(?:string|number|boolean|undefined|null|none|true|false|required|optional|redacted|changeme|process\.|os\.|env[.:]|secrets?\.|vars?\.|config\.|settings\.|self\.|this\.|options?\.|props\.|req(?:uest)?\.|res(?:ponse)?\.|params?\.|data\.|\$[\w({[]|%(?![0-9A-F]{2})[\w({]|@\w+@$|\{|\[|<|\*|\.{2,}|#\{)|\*{4}|\.{3}|…|x{6}|0{8}|1234567890$|(?:^|[-_. <])(?:your|here|placeholder|example|replace|insert|dummy|redacted)(?=$|[-_. >])|\[redacted: /i;

export function isPlaceholder(value: string): boolean {
  return placeholder.test(value) || new Set(value.slice(0, 64)).size < Math.min(5, value.length);
}

/** Shannon entropy of the characters, in bits a character; the first 256 are read. */
export function shannonEntropy(value: string): number {
  const read = value.slice(0, 256);
  const counts = new Map<string, number>();
  for (const character of read) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / read.length) * Math.log2(count / read.length);
  return bits;
}

/**
 * Share of neighbouring letters and digits that change between small, capital and digit; the capital that begins a word does not
 * count. Random base64 and base36 have about 0.4, names in code below 0.25.
 */
export function changesOfClass(value: string): number {
  const read = value.slice(0, 256);
  const pairs = read.match(/[A-Za-z0-9](?=[A-Za-z0-9])/g)?.length ?? 0;
  const changes = read.match(/[a-z](?=[A-Z0-9])|[A-Z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  return pairs === 0 ? 0 : changes / pairs;
}

export function isUuid(value: string): boolean {
  return /^(?:[a-z]{2,5}-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

/** Identifiers that agents and their hosts give to calls, messages and sessions. */
const knownId =
  /^(?:toolu|srvtoolu|msg|req|call|chatcmpl|resp|ses|sess|run|thread|asst|file|item|fc|rs|prt|evt|batch)[_-]/;

/**
 * Whether a value of at least 16 characters looks made by a random generator: entropy of at least 3 bits a character for
 * hexadecimal, whose greatest is 4, and 3.5 for others, as gitleaks has it for its generic rule, and characters that change class as
 * those of no name do.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 16 || isUuid(value) || knownId.test(value) || isPlaceholder(value)) return false;
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (/^[0-9a-f]+$/i.test(value)) return shannonEntropy(value) >= 3;
  const changes = changesOfClass(value);
  const wordy = /[A-Z]/.test(value) && /[a-z]{5}/.test(value);
  return changes >= (!wordy ? 0.2 : value.length < 32 ? 0.3 : 0.25) && shannonEntropy(value) >= 3.5;
}
