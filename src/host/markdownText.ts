/**
 * Untrusted text as one line of Markdown that shows exactly that text. Every punctuation mark is escaped, which also keeps
 * addresses from becoming links. (`MarkdownString.appendText` makes every space unbreakable, so that hovers wrap badly.)
 */
export function markdownText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
