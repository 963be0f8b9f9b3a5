import * as z from 'zod/mini';
import { matchesGlob } from './glob';
import type { Identity } from './identity';
import { isAtLeast, type Role, roles } from './operations';

const entrySchema = z.strictObject({
  /** An email, a name, "Name <email>", in any case; `*` for everybody. */
  identity: z.string().check(z.minLength(1)),
  role: z.enum(roles),
  /** Patterns of paths and template ids; without them, the entry is about all prompts. */
  templates: z.optional(z.array(z.string().check(z.minLength(1)))),
});

/** `roles` in `config.json`. Strict: a slip of the pen must not widen what somebody may do. */
export const roleTableSchema = z.strictObject({
  /** Of people, or prompts, that no entry is about. */
  default: z._default(z.enum(roles), 'viewer'),
  people: z._default(z.array(entrySchema), []),
});
export type RoleTable = z.infer<typeof roleTableSchema>;

/** The prompt that something is to be done with. */
export interface RoleSubject {
  readonly templateId: string;
  /** Undefined for one that is not there yet. */
  readonly path?: string | undefined;
}

/**
 * The role of a person for a prompt: that of the last entry that is about both, as in CODEOWNERS; else the default. Without a prompt, for
 * what concerns none in particular: the highest that they have for any.
 */
export function roleFor(table: RoleTable, identity: Identity, subject?: RoleSubject): Role {
  const own = table.people.filter((entry) => isMeant(entry.identity, identity));
  if (subject !== undefined) {
    const entry = own.findLast(({ templates }) => templates === undefined || templates.some(fits(subject)));
    return entry?.role ?? table.default;
  }
  // An entry about all prompts leaves nothing of those before it.
  const general = own.findLastIndex(({ templates }) => templates === undefined);
  const held = [
    general < 0 ? table.default : undefined,
    ...own.slice(Math.max(general, 0)).map(({ role }) => role),
  ];
  return held.reduce<Role>(
    (best, role) => (role !== undefined && isAtLeast(role, best) ? role : best),
    'viewer',
  );
}

function fits({ templateId, path }: RoleSubject): (pattern: string) => boolean {
  return (pattern) => pattern === templateId || (path !== undefined && matchesGlob(pattern, path));
}

function isMeant(wanted: string, { name, email }: Identity): boolean {
  const text = wanted.trim().toLowerCase();
  if (text === '*') return true;
  const mail = email?.toLowerCase();
  const [, before = '', inside] = /^([^<>]*)<([^<>]*)>$/.exec(text) ?? [];
  // Both were given: the email decides, as people share names.
  if (inside !== undefined)
    return inside.trim() === '' ? before.trim() === name?.toLowerCase() : inside.trim() === mail;
  return text.includes('@') ? text === mail : text === name?.toLowerCase();
}
