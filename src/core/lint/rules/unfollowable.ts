import { nearestName } from '../editDistance';
import type { Found } from '../finding';
import { headingSlugs } from '../headingSlugs';
import { replaceInLine } from '../lineFix';
import type { LintRule } from '../lintRule';
import { type LintedPrompt, linesPlace, lineText, partPlace } from '../lintSubject';
import { headingChain } from '../sectionPath';

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

/** The line that ends with a colon and introduces this one. */
function introductionOf(prompt: LintedPrompt, line: number): string {
  for (let above = line - 1; above > Math.max(0, line - 15); above--) {
    const text = lineText(prompt, above).trim();
    if (text.startsWith('#')) return '';
    if (/:\**$/.test(text)) return text;
  }
  return '';
}

/** `[text](#section)` where no heading and no HTML id makes such an anchor. */
function deadAnchors(prompt: LintedPrompt): Found[] {
  const slugs = new Set([
    ...headingSlugs(prompt.document.sections.map(({ heading }) => heading)),
    ...prompt.parts.anchors,
  ]);
  return prompt.parts.links
    .filter(
      ({ value }) =>
        /^#[\w-]+$/.test(value) && !slugs.has(value.slice(1)) && !slugs.has(value.slice(1).toLowerCase()),
    )
    .map(({ value, line, at }) => {
      const near = nearestName(value.slice(1), slugs);
      return {
        code: 'unfollowable',
        severity: 'warning',
        subject: value,
        place: partPlace(prompt, line, at, value.length),
        message: `This prompt has no section for the link ${value}.`,
        ...(near === undefined
          ? {}
          : {
              fix: {
                title: `Change to #${near}`,
                ...replaceInLine(prompt, line, at, value, `#${near}`),
                inBulk: true,
              },
            }),
      };
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
