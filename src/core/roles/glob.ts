/**
 * Does a path with forward slashes fit the pattern? `*` stands for any characters within a folder or file name, `?` for one, `**` as a whole
 * name for any number of folders, none too; everything else stands for itself, case included. A pattern without a slash is held against the
 * last name alone, as in `.gitignore`. Takes time in proportion to both lengths, whatever the pattern.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  const names = path.split('/');
  if (!pattern.includes('/')) return matchesName(pattern, names.at(-1) ?? '');
  const parts = pattern.replace(/^\.?\//, '').split('/');
  // fits[i]: the parts so far fit the first i names.
  let fits = names.map(() => false);
  fits.push(false);
  fits[0] = true;
  for (const part of parts) {
    const next = fits.map(() => false);
    for (let i = 0; i <= names.length; i += 1) {
      if (part === '**') next[i] = fits[i] === true || (i > 0 && next[i - 1] === true);
      else if (i > 0) next[i] = fits[i - 1] === true && matchesName(part, names[i - 1] ?? '');
    }
    fits = next;
  }
  return fits[names.length] === true;
}

/** The last star takes one character more each time that what follows it does not fit. */
function matchesName(pattern: string, name: string): boolean {
  if (pattern === '**') return true;
  let at = 0;
  let place = 0;
  let star = -1;
  let taken = 0;
  while (place < name.length) {
    if (pattern[at] === '*') {
      star = at;
      taken = place;
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[place])) {
      at += 1;
      place += 1;
    } else if (star >= 0) {
      taken += 1;
      at = star + 1;
      place = taken;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
