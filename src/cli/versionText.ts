import type { TemplateVersion } from '../core/model/template';
import { excerpt } from './text';

const noteLength = 200;

const tagsOf = ({ tags = [] }: TemplateVersion) => tags.map((tag) => `#${tag}`).join(' ');

/** One line of a list. */
export function versionLine(version: TemplateVersion): string {
  const { notes = [] } = version;
  const marks = [
    tagsOf(version),
    notes.length === 0 ? '' : `${notes.length} note${notes.length === 1 ? '' : 's'}`,
  ];
  return [
    version.version,
    version.status,
    version.createdAt,
    version.author,
    version.changeSummary,
    ...marks.filter((mark) => mark !== ''),
  ].join('  ');
}

/** All that is known of a version but for its text. */
export function versionLines(version: TemplateVersion): readonly string[] {
  const { validation, notes = [] } = version;
  return [
    `${version.versionId}  ${version.status}  ${tagsOf(version)}`.trimEnd(),
    `  ${version.origin} by ${version.author}, ${version.createdAt}; parent ${version.parentVersion ?? 'none'}`,
    `  ${version.changeSummary}`,
    `  content ${version.contentHash}`,
    ...(version.strategy === null ? [] : [`  strategy ${version.strategy}`]),
    ...(version.improvementId === undefined ? [] : [`  improvement ${version.improvementId}`]),
    ...(version.patternIds.length === 0 ? [] : [`  patterns ${version.patternIds.join(', ')}`]),
    ...(validation
      ? [`  test ${validation.verdict} (${validation.tier} tier), report ${validation.reportId}`]
      : []),
    ...(version.importedVersion === undefined ? [] : [`  imported as ${version.importedVersion}`]),
    ...notes.map(({ at, author, text }) => `  note ${at} ${author}: ${excerpt(text, noteLength)}`),
  ];
}
