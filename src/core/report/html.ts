/** Markup that is safe to embed: every text in it went through `escapeHtml`. */
export interface Markup {
  readonly markup: string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made harmless in element content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

type Part = string | number | Markup | readonly Markup[];

function render(part: Part): string {
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  return part.map((one) => one.markup).join('');
}

/** Template tag: what is interpolated is escaped unless it is `Markup` already. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const pieces = literals.map((literal, index) => {
    const part = parts[index];
    return part === undefined ? literal : literal + render(part);
  });
  return { markup: pieces.join('') };
}

export const nothing: Markup = { markup: '' };
