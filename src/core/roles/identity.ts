import type { identitySources } from '../model/common';

/** Who is at work, as far as the program is told: a claim, which nothing proves. At least one of name and email is there. */
export interface Identity {
  readonly name?: string;
  readonly email?: string;
  /** What named them. */
  readonly from: (typeof identitySources)[number];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: an identity is shown in terminals, which must not obey it.
const unshowable = /[\u0000-\u001f\u007f-\u009f]+/g;

/** Reads "Name <email>", an email or a name; `undefined` for a text that names nobody. */
export function parseIdentity(text: string, from: Identity['from']): Identity | undefined {
  const line = text.replace(unshowable, ' ').trim().slice(0, 320);
  const [, before, inside] = /^([^<>]*)<([^<>]*)>$/.exec(line) ?? [];
  const email = (inside ?? (line.includes('@') && !/\s/.test(line) ? line : '')).trim();
  const name = (inside === undefined ? (email === '' ? line : '') : (before ?? '')).trim();
  if (name === '' && email === '') return undefined;
  return { ...(name === '' ? {} : { name }), ...(email === '' ? {} : { email }), from };
}

/** "Name <email>", or what there is of it. */
export function identityText({
  name,
  email,
}: {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}): string {
  if (name === undefined) return email ?? '';
  return email === undefined ? name : `${name} <${email}>`;
}
