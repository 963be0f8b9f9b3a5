import type { TemplateVersion } from '../model/template';
import { ancestry } from './lineage';

type Versioned = Pick<
  TemplateVersion,
  | 'versionId'
  | 'templateId'
  | 'version'
  | 'parentVersion'
  | 'status'
  | 'hunkIds'
  | 'removedHunkIds'
  | 'copiedFrom'
>;

/**
 * Ids of the accepted hunks that a version holds: those that it or an ancestor brought and none took out since. A copy holds what its
 * original does. Whether their lines still stand, only the text tells.
 * @param versions of all templates
 */
export function hunksIn(
  versions: readonly Versioned[],
  templateId: string,
  version: string | null,
): ReadonlySet<string> {
  return collect(versions, templateId, version, new Set());
}

function collect(
  versions: readonly Versioned[],
  templateId: string,
  version: string | null,
  seen: Set<string>,
): ReadonlySet<string> {
  const own = versions.filter((each) => each.templateId === templateId);
  /** What the nearest version that names a hunk says of it. */
  const isHeld = new Map<string, boolean>();
  const say = (ids: Iterable<string>, held: boolean) => {
    for (const id of ids) if (!isHeld.has(id)) isHeld.set(id, held);
  };
  for (const { versionId, hunkIds, removedHunkIds = [], copiedFrom } of ancestry(own, version)) {
    if (seen.has(versionId)) continue;
    seen.add(versionId);
    say(removedHunkIds, false);
    say(hunkIds, true);
    const original = versions.find((each) => each.versionId === copiedFrom);
    if (original) say(collect(versions, original.templateId, original.version, seen), true);
  }
  return new Set([...isHeld].filter(([, held]) => held).map(([id]) => id));
}
