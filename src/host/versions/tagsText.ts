import type { TemplateVersion } from '../../core/model/template';

/** What a version is tagged with, for the status bar. */
export function tagsText({ version, tags = [] }: TemplateVersion): string {
  if (tags.length === 0) return `Claude PM: ${version} has no tag`;
  return `Claude PM: ${version} is tagged ${tags.map((tag) => `#${tag}`).join(' ')}`;
}
