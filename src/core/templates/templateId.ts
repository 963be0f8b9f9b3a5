import { PipelineError } from '../errors';
import type { Hash } from '../ports';

const longest = 64;
/** Names that Windows keeps for devices. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
/** Files that are known by their whole name; of other files the Markdown ending says nothing. */
const knownByName = /(?:^|\/)(?:CLAUDE|AGENTS|GEMINI|CLAUDE\.local)\.md$/;

/**
 * A slug of a prompt file's path: lower-case ASCII letters, digits and hyphens, at most 64 characters.
 * `.claude/agents/Code Reviewer.md` gives `claude-agents-code-reviewer`, `CLAUDE.md` gives `claude-md`. It
 * ends in a short hash of the path where the slug alone would be taken, too long, reserved, or would have
 * lost letters that are not ASCII.
 */
export function templateIdOf(path: string, taken: ReadonlySet<string>, hash: Hash): string {
  const named = knownByName.test(path) ? path : path.replace(/\.mdc?$/i, '');
  // NFKD parts letters from their accents, which then drop out without loss.
  const letters = named.normalize('NFKD').replace(/\p{M}/gu, '');
  const slug = letters
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const lossless = /^[\p{ASCII}]*$/u.test(letters);
  if (lossless && slug !== '' && slug.length <= longest && !reserved.test(slug) && !taken.has(slug)) {
    return slug;
  }
  const suffix = hash.sha256(path.normalize('NFC')).slice(0, 8);
  const stem = slug.slice(0, longest - suffix.length - 1).replace(/-+$/, '');
  return stem === '' ? `prompt-${suffix}` : `${stem}-${suffix}`;
}

/** @throws PipelineError UNSAFE_NAME for an id that a person gave and that is not such a slug */
export function requireTemplateId(templateId: string): void {
  if (
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(templateId) &&
    templateId.length <= longest &&
    !reserved.test(templateId)
  ) {
    return;
  }
  throw new PipelineError('UNSAFE_NAME', `"${templateId}" cannot be the id of a template.`, {
    subject: templateId,
    remedy: `Use at most ${longest} lower-case letters, digits and hyphens, as in "code-reviewer".`,
  });
}
