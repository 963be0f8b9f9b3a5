import type { RedactionOptions } from './redact';
import type { Find } from './secretsFind';

/** RFC 5322 section 3.4.1, its common form; no version of a package (`name@1.2`) and no host of a remote (`git@host:path`). */
const email = /(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w-]|:[\w/])/g;
const home =
  /(?:\/home\/|\/Users\/|[A-Za-z]:(?:\\{1,8}|\/)Users(?:\\{1,8}|\/)|-(?:home|Users)-)(?<name>[^\s/\\"'`:;,<>|()[\]{}*$-]{1,64})/g;
/** Names of home directories that belong to no person. */
const shared =
  /^(?:runner|user|users|username|name|you|me|node|ubuntu|vscode|shared|public|default|root|app|\.{3})$/i;

/** The secrets, and e-mail addresses and the user names in home directories when asked for, in order. */
export function findPersonal(text: string, options: RedactionOptions, secrets: readonly Find[]): Find[] {
  const finds: Find[] = [...secrets];
  if (options.emails && text.includes('@')) {
    for (const { index, 0: found } of text.matchAll(email))
      finds.push({ start: index, end: index + found.length, kind: 'e-mail' });
  }
  if (options.homeDirectories) {
    for (const found of text.matchAll(home)) {
      const name = found.groups?.['name'] ?? '';
      const end = found.index + found[0].length;
      if (!shared.test(name)) finds.push({ start: end - name.length, end, kind: 'user name' });
    }
  }
  if (finds.length === secrets.length) return finds;
  return finds
    .filter(
      (find) =>
        secrets.includes(find) ||
        !secrets.some((secret) => find.start < secret.end && secret.start < find.end),
    )
    .sort((a, b) => a.start - b.start);
}
