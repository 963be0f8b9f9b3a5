import type { Found } from '../finding';
import type { LintRule } from '../lintRule';
import { type LintedPrompt, linesPlace, lineText, partPlace } from '../lintSubject';
import { headingChain, introductionOf } from '../sectionPath';

/** What nothing can follow: placeholders that were left, links to sections that are not there, code that never ends. */
export const unfollowable: LintRule = ({ prompt }) => [
  ...placeholders(prompt),
  ...deadAnchors(prompt),
  ...openFence(prompt),
  ...cutOff(prompt),
];

const template =
  /template|example|format|output|sample|report|response|skeleton|structure|placeholder|draft/i;
const leftOver =
  /^(?:[-*+]\s+|\d+[.)]\s+)?(?:\*\*[^*]+\*\*:?\s*|[\w ]{1,30}:\s*)?(?:(?:TBD|TBC|FIXME|TODO)\.?|\[(?:TBD|TODO|INSERT|FILL IN|ADD)\b[^\]]*\]|<(?:TBD|TODO|INSERT|FILL IN)\b[^>]*>|(?:TODO|FIXME): .*)$/;

function placeholders(prompt: LintedPrompt): Found[] {
  const { document, parts } = prompt;
  const found: Found[] = [];
  const seen = new Set<number>();
  for (const { line } of parts.texts) {
    const text = lineText(prompt, line).trim();
    if (seen.has(line) || text.startsWith('|')) continue;
    seen.add(line);
    const filler = /\blorem ipsum dolor\b/i.test(text);
    if (!filler && !leftOver.test(text)) continue;
    if (!filler && /\btodos?\b|\btasks?\b|comment/i.test(headingChain(document, line).join(' '))) continue;
    if (
      headingChain(document, line).some((heading) => template.test(heading)) ||
      template.test(introductionOf(prompt, line))
    )
      continue;
    found.push({
      code: 'unfollowable',
      severity: 'warning',
      subject: text,
      place: linesPlace(prompt, line),
      message: 'A placeholder was left here; an agent reads it as it stands.',
    });
  }
  return found;
}

/** `[text](#section)` where no heading and no HTML id makes such an anchor. */
function deadAnchors(prompt: LintedPrompt): Found[] {
  const { document, parts } = prompt;
  const known = new Set(
    [...document.sections.map(({ heading }) => heading), ...parts.anchors].map(lettersOf),
  );
  return parts.links
    .filter(({ value }) => /^#[^\s?&=/]+$/.test(value) && !isKnown(lettersOf(decoded(value.slice(1))), known))
    .map(({ value, line, at }) => ({
      code: 'unfollowable',
      severity: 'warning',
      subject: value,
      place: partPlace(prompt, line, at, value.length),
      message: `This prompt has no section for the link ${value}.`,
    }));
}

/** Tools make anchors in different ways; they agree in letters and digits. */
function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The second heading of a name gets a number. */
function isKnown(anchor: string, known: ReadonlySet<string>): boolean {
  return anchor === '' || anchor === 'top' || known.has(anchor) || known.has(anchor.replace(/\d+$/, ''));
}

function decoded(anchor: string): string {
  return anchor.replace(/%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*/g, (bytes) => {
    const codes = bytes
      .split('%')
      .slice(1)
      .map((each) => Number.parseInt(each, 16));
    return new TextDecoder().decode(new Uint8Array(codes));
  });
}

/** A fence that is opened and never closed makes code of all that follows. */
function openFence(prompt: LintedPrompt): Found[] {
  const last = prompt.parts.blocks.at(-1);
  if (last?.fenced !== true) return [];
  const [, fence = ''] = /(`{3,}|~{3,})/.exec(lineText(prompt, last.line)) ?? [];
  const end = lineText(prompt, last.endLine)
    .trim()
    .replace(/^(?:>\s*)+/, '');
  const closed =
    last.endLine > last.line &&
    fence !== '' &&
    end.length >= fence.length &&
    [...end].every((each) => each === fence[0]);
  const after = prompt.document.lines.slice(last.line, last.endLine);
  // With nothing but blank lines and an end of the file it does no harm; fewer than two lines are often a cut example.
  if (closed || fence === '' || after.filter((each) => each.trim() !== '').length < 2) return [];
  return [
    {
      code: 'unfollowable',
      severity: 'warning',
      subject: lineText(prompt, last.line).trim(),
      place: linesPlace(prompt, last.line),
      message: `The code block that begins here is never closed, so all ${last.endLine - last.line} lines after it read as code.`,
    },
  ];
}

/** The last line breaks off in the middle of a sentence. */
function cutOff(prompt: LintedPrompt): Found[] {
  const last = prompt.document.instructions.at(-1);
  const end = prompt.document.lines.findLastIndex((line) => line.trim() !== '') + 1;
  if (last === undefined || last.endLine !== end) return [];
  const text = lineText(prompt, end).trim();
  if (!/\b(?:and|or|the|a|an|of|to|with|for|that|which|because|is|are|must|should|your)$|,$|\($/.test(text))
    return [];
  return [
    {
      code: 'unfollowable',
      severity: 'warning',
      subject: text,
      place: linesPlace(prompt, end),
      message: 'The prompt breaks off in the middle of a sentence.',
    },
  ];
}
