import type { PromptKind } from './promptKind';
import { promptKinds } from './registry';

/** How paths of the person's own prompts begin. */
export const personalRoot = '~/.claude/';

export function isPersonal(path: string): boolean {
  return path.startsWith(personalRoot);
}

/** Empty parts, `.` and `..`: such a path is absolute, or leads elsewhere. */
const unplain = /(?:^|\/)\.{0,2}(?:\/|$)/;

/** The kind of a prompt file by its path in the workspace; `undefined` for one that no known tool reads, or that leads out. */
export function kindOf(path: string): PromptKind | undefined {
  if (unplain.test(path)) return undefined;
  return promptKinds.find((kind) => isOfKind(path, kind));
}

export function isOfKind(path: string, { place, at }: PromptKind): boolean {
  const inFolder = 'folder' in place;
  const name = inFolder ? `${place.folder}/` : place.file;
  const start = startOf(path, name, at, inFolder);
  if (start === undefined) return false;
  if (!inFolder) return true;
  const rest = path.slice(start + name.length);
  return rest.endsWith(place.suffix) && rest !== place.suffix && (place.deep || !rest.includes('/'));
}

/** Where the kind's own name begins in a path. */
function startOf(path: string, name: string, at: PromptKind['at'], inFolder: boolean): number | undefined {
  const atRoot = inFolder ? path.startsWith(name) : path === name;
  if (at !== 'below' && atRoot) return 0;
  if (at === 'root' || isPersonal(path)) return undefined;
  const index = inFolder ? path.indexOf(`/${name}`) : path.length - name.length - 1;
  if (index <= 0 || path.slice(index, index + name.length + 1) !== `/${name}`) return undefined;
  return index + 1;
}

/** The folder whose files a prompt is for; '' for the whole workspace. */
export function folderOf(path: string): string {
  const kind = kindOf(path);
  if (kind === undefined || kind.at === 'root' || kind.namedElsewhere) return '';
  const own = 'folder' in kind.place ? kind.place.folder : kind.place.file;
  const index = 'folder' in kind.place ? path.indexOf(`/${own}/`) : path.length - own.length - 1;
  return index <= 0 ? '' : path.slice(0, index);
}

/** Can it be an agent's prompt as a whole? Not one for some folder, some files or some task only, nor the person's own. */
export function holdsEverywhere({ path }: { readonly path: string }): boolean {
  const kind = kindOf(path);
  if (kind === undefined) return true;
  // A file that is an agent of its own is that agent's prompt.
  if (typeof kind.agent !== 'string') return !isPersonal(path);
  return kind.holds === 'everywhere' && !isPersonal(path);
}
