import { type Frontmatter, readFrontmatter } from '../lint/frontmatter';
import { type FrontmatterKind, frontmatterKindOf } from '../lint/frontmatterKinds';
import { lintedPrompt } from '../lint/lintSubject';
import { undecodableLine } from '../templates/promptText';

/** Why a tool cannot read a file as its prompt; `line` counts from 1. */
export interface TargetFault {
  readonly line: number;
  readonly reason: string;
}

/** Notes that lie beside agents are none. */
const noAgent = /(?:^|\/)(?:README|INDEX|TEMPLATE|_[^/]*)\.md$/i;

/**
 * Reads a prompt file as its tool does: UTF-8, frontmatter that closes and is YAML, and the keys without which the tool does not load it.
 * `undefined` where nothing is wrong.
 */
export function targetFault(path: string, bytes: Uint8Array): TargetFault | undefined {
  const undecodable = undecodableLine(bytes);
  if (undecodable > 0) return { line: undecodable, reason: 'it is not UTF-8 text' };
  if (bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d))) {
    return { line: 1, reason: 'it is empty' };
  }
  const kind = frontmatterKindOf(path);
  if (kind === undefined || noAgent.test(path)) return undefined;
  const text = new TextDecoder().decode(bytes);
  const frontmatter = readFrontmatter(lintedPrompt(path, text));
  if (frontmatter.state === 'none' && /^---[ \t]*\r?\n/.test(text)) {
    return { line: 1, reason: `its frontmatter never ends, so ${kind.tool} reads none` };
  }
  if (frontmatter.state === 'broken') {
    return {
      line: frontmatter.line,
      reason: `its frontmatter is not valid YAML, so ${kind.tool} cannot read it: ${frontmatter.reason}`,
    };
  }
  return missing(kind, frontmatter);
}

function missing(kind: FrontmatterKind, frontmatter: Frontmatter): TargetFault | undefined {
  const keys = frontmatter.state === 'read' ? frontmatter.keys : [];
  for (const { key, otherwise } of kind.required) {
    const value = keys.find((each) => each.key === key)?.value;
    const there = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
    if (!there) return { line: 1, reason: `its frontmatter has no ${key}; without it ${otherwise}` };
  }
  return undefined;
}
