const firstMembers = '{"schemaVersion":1,"entryId":"';

/**
 * Is the text the beginning of an entry, as JSON, that ends before the entry does? That is what a write leaves behind which was cut off by a
 * kill or a full disk; a line that was changed by hand is hardly ever one.
 */
export function isCutOff(text: string): boolean {
  if (!firstMembers.startsWith(text.slice(0, firstMembers.length))) return false;
  let depth = 0;
  let inText = false;
  let escaped = false;
  for (const character of text) {
    if (depth === 0 && character !== '{') return false;
    if (inText) {
      if (escaped) escaped = false;
      else if (character === '\\') escaped = true;
      else if (character === '"') inText = false;
      else if (character < ' ') return false;
    } else if (character === '"') inText = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return false;
    }
  }
  return true;
}
