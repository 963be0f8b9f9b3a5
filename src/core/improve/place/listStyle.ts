import type { PromptList } from '../../prompt/lists';
import type { PromptDocument } from '../../prompt/promptDocument';

const marker = /^(\s*)([-*+]|\d{1,9}[.)])(\s+)(\[[ xX]\]\s+)?/;

function leadOf(document: PromptDocument, line: number): RegExpExecArray | null {
  return marker.exec((document.lines[line - 1] ?? '').replace(/^\uFEFF/, ''));
}

/**
 * What a new last item of the list begins with: the last item's own bullet, indent and box, or the number behind the last one (the
 * same where all items have one number). `undefined` where the last line cannot be copied.
 */
export function nextMarker(document: PromptDocument, list: PromptList): string | undefined {
  const last = list.items.at(-1);
  const lead = leadOf(document, last?.line ?? 0);
  if (lead === null) return undefined;
  const [, indent = '', sign = '', gap = ' ', box] = lead;

  const empty = box === undefined ? '' : '[ ] ';
  if (!list.ordered) return `${indent}${sign}${gap}${empty}`;
  const before = leadOf(document, list.items.at(-2)?.line ?? 0)?.[2];
  const number = Number.parseInt(sign, 10) + (before === sign ? 0 : 1);
  return `${indent}${number}${sign.slice(-1)}${gap}${empty}`;
}

/** The bullet that the prompt uses most; a dash where it has none. */
export function usualBullet(document: PromptDocument): string {
  const counts = new Map<string, number>();
  for (const list of document.lists) {
    const sign = list.ordered ? undefined : leadOf(document, list.startLine)?.[2];
    if (sign !== undefined) counts.set(sign, (counts.get(sign) ?? 0) + list.items.length);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '-';
}
