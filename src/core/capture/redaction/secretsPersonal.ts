import type { RedactionOptions } from './redact';
import type { Find } from './secretsFind';

/** RFC 5322 section 3.4.1, its common form; no user of a remote (`git@host:path`) and no picture (`logo@2x.png`). */
const email =
  /(?<![\w.+-])(?!git@)[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}(?!png|jpe?g|gif|svg|webp)[A-Za-z]{2,24}(?![\w-]|:[\w/])/g;
/** `/home/name`, `/Users/name`, `C:\\Users\\name` with its backslashes doubled or not, and the same with dashes, as agents name a project's folder. */
const homes: readonly RegExp[] = [
  /(?:(?<![\w.](?<!\\[nrt]))\/home\/|\/Users\/|[A-Za-z]:(?:\\{1,8}|\/)Users(?:\\{1,8}|\/))(?<name>[^\s/\\"'`:;,<>|()[\]{}*$]{1,64})/g,
  /(?<![\w-])-(?:home|Users)-(?<name>[^\s/\\"'`:;,<>|()[\]{}*$-]{1,64})/g,
];
/** Names of home directories that belong to no person. */
const nobody =
  /^(?:runner|users?|username|name|you|me|node|ubuntu|vscode|shared|public|default|root|app|\.{3}|…)$/i;

/** The secrets, and e-mail addresses and the user names in home directories when asked for, in order and none over another. */
export function withPersonal(
  text: string,
  options: RedactionOptions,
  secrets: readonly Find[],
): readonly Find[] {
  const personal = [
    ...(options.emails && text.includes('@') ? emailsIn(text) : []),
    ...(options.homeDirectories ? homes.flatMap((home) => userNamesIn(text, home)) : []),
  ].filter((find) => !secrets.some(({ start, end }) => find.start < end && start < find.end));
  return personal.length === 0 ? secrets : [...secrets, ...personal].sort((a, b) => a.start - b.start);
}

function emailsIn(text: string): Find[] {
  return [...text.matchAll(email)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
    kind: 'e-mail',
  }));
}

function userNamesIn(text: string, home: RegExp): Find[] {
  return [...text.matchAll(home)].flatMap((found) => {
    const name = found.groups?.['name'] ?? '';
    const end = found.index + found[0].length;
    return nobody.test(name) ? [] : [{ start: end - name.length, end, kind: 'user name' }];
  });
}
