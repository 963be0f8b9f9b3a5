import type * as z from 'zod/mini';

type Issue = z.core.$ZodIssue;

/** `zod/mini` comes without messages; these are ours. */
function problemOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${issue.expected === 'int' ? 'a whole number' : `of type ${issue.expected}`}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    case 'invalid_format':
      return `must be a valid ${issue.format}`;
    case 'unrecognized_keys':
      return `has a key that is not known: ${issue.keys.join(', ')}`;
    case 'invalid_key':
      return 'is not a name that is known here';
    default:
      return 'is not valid';
  }
}

/** `a.b[2] must be at least 1`, for the first thing that is wrong. */
export function describeIssue(issue: Issue | undefined): string {
  if (issue === undefined) return 'the record is not valid';
  const key = issue.path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text}${text === '' ? '' : '.'}${String(part)}`,
    '',
  );
  return `${key === '' ? 'the whole' : key} ${problemOf(issue)}`;
}
