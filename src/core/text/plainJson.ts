/** JSON as the standard has it, without comments and trailing commas; nothing at all counts too. Claude Code reads no other settings. */
export function isPlainJson(text: string): boolean {
  if (text.trim() === '') return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
