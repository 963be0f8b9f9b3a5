/** The file, line and column (from 1) that an error concerns; `undefined` where it concerns something else, as a setting. */
export function placeOfError(
  subject: string,
): { readonly path: string; readonly line: number; readonly column: number } | undefined {
  const found = /^(.+?\.json)(?::(\d+)(?::(\d+))?)?$/s.exec(subject);
  if (!found?.[1]) return undefined;
  return { path: found[1], line: Number(found[2] ?? 1), column: Number(found[3] ?? 1) };
}
