import type { PromptDocument } from '../prompt/promptDocument';
import { stripLineEnd } from '../prompt/splitLines';

interface Lead {
  readonly indent: number;
  readonly text: string;
  /** A line such as "Before you commit:", whose list may stand as far left as itself. */
  readonly label: boolean;
}

const item = /^(?:[-*+]|\d+[.)])\s/;
const heading = /^#{1,6}\s/;
const label = /[:：][*_]*$/;

/**
 * What the list items of a prompt stand beneath within their section: the items they are nested in and the label of their
 * list, by the item's line (from 1). "Never:" and "1. Data integrity" say what the lines below are about.
 */
export function leadsByLine({ lines, frontmatterLines }: PromptDocument): Map<number, string> {
  const result = new Map<number, string>();
  let leads: Lead[] = [];
  lines.forEach((raw, place) => {
    const line = stripLineEnd(raw);
    const text = line.trim();
    const indent = line.length - line.trimStart().length;
    if (text === '' || place < frontmatterLines) return;
    if (heading.test(text)) {
      leads = [];
    } else if (item.test(text)) {
      leads = leads.filter((lead) => lead.indent < indent || (lead.label && lead.indent === indent));
      result.set(place + 1, leads.map((lead) => lead.text).join('\n'));
      leads = [...leads, { indent, text, label: false }];
    } else if (label.test(text)) {
      leads = [...leads.filter((lead) => lead.indent < indent), { indent, text, label: true }];
    } else if (indent === 0) {
      leads = [];
    }
  });
  return result;
}
