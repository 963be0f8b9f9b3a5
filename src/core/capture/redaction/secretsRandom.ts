import type { Find } from './secretsFind';
import { looksRandom } from './secretsOrdinary';

const run = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}={0,2}/g;
const near = 64;

const keyLike =
  /(?<![a-z])(?:api|access|secret|private|account|shared|master|auth|client|encryption|signing|service|storage|license|subscription|admin|deploy)?[-_ ]?keys?(?![a-z])|token(?!iz)|secret(?!ar)|passw|pwd|passphrase|credential|bearer|authorization|cookie/i;
const ordinaryContext =
  /hash|\bsha\d*|commit|checksum|integrity|digest|etag|uuid|fingerprint|md5|revision|blob|public|toolu|\bid\b|_id\b|Id\b|branch|http[s]?:\/\/\S*$|cache/i;

/** Values that look made by a random generator, on the same line as and near a word for a secret. */
export function findRandom(text: string): Find[] {
  const finds: Find[] = [];
  for (const { index, 0: value } of text.matchAll(run)) {
    const end = index + value.length;
    const core = value.replace(/^[/_-]+|[/_-]+$/g, '');
    if (!isLikely(core)) continue;
    if (/[(<]/.test(text.charAt(end))) continue;
    const after = /^[^\n;{}&]*/.exec(text.slice(end, end + near))?.[0] ?? '';
    const before = sameClause(text.slice(Math.max(0, index - near), index));
    if (ordinaryContext.test(before)) continue;
    if (keyLike.test(before) || keyLike.test(after)) finds.push({ start: index, end, kind: 'entropy' });
  }
  return finds;
}

function isLikely(value: string): boolean {
  if (/^(?:[0-9a-f]{1,31}|[0-9a-f]{40}|[0-9a-f]{64})$/i.test(value)) return false;
  return looksRandom(value) && !/^[A-Z0-9]+(?:_[A-Za-z0-9]+)+$/.test(value);
}

/** What stands before a value in its own line, field or statement. */
function sameClause(before: string): string {
  return before.split(/[\n;{}&]|\\n|",/).at(-1) ?? '';
}
