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
    if (
      !looksRandom(value.replace(/^[/_-]+|[/_-]+$/g, '')) ||
      /[(<]/.test(text.charAt(end)) ||
      /^[A-Z0-9]+(?:_[A-Za-z0-9]+)+$/.test(value)
    )
      continue;
    if (/^[0-9a-f]+$/i.test(value) && (value.length < 32 || value.length === 40 || value.length === 64))
      continue;
    const before = sameClause(text.slice(Math.max(0, index - near), index));
    const after = /^[^\n;{}&]*/.exec(text.slice(end, end + near))?.[0] ?? '';
    if (ordinaryContext.test(before)) continue;
    if (keyLike.test(before) || keyLike.test(after)) finds.push({ start: index, end, kind: 'entropy' });
  }
  return finds;
}

/** What stands before a value in its own line, field or statement. */
function sameClause(before: string): string {
  return before.slice(
    Math.max(before.search(/[^\n;{}&]*$/), before.lastIndexOf('\\n') + 2, before.lastIndexOf('",') + 1, 0),
  );
}
