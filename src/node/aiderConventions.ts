import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { systemCode } from './errorsFromNode';

const configurationSchema = z.object({
  read: z.optional(z.union([z.string(), z.array(z.string())])),
});

/**
 * The `CONVENTIONS.md` that `.aider.conf.yml` names under `read`, relative to the workspace. Aider reads no other. A configuration
 * that cannot be read names none: it is aider's to complain of it.
 */
export async function aiderConventions(root: string): Promise<readonly string[]> {
  let text: string;
  try {
    text = await readFile(join(root, '.aider.conf.yml'), 'utf8');
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause;
    return [];
  }
  const parsed = configurationSchema.safeParse(parsedOrNothing(text));
  const read = parsed.success ? (parsed.data.read ?? []) : [];
  return (typeof read === 'string' ? [read] : read)
    .map((path) => posix.normalize(path.replaceAll('\\', '/')))
    .filter((path) => posix.basename(path) === 'CONVENTIONS.md' && !/^(?:\.\.\/|\/|[A-Za-z]:)/.test(path));
}

function parsedOrNothing(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' });
  } catch (cause) {
    if (cause instanceof Error) return undefined;
    throw cause;
  }
}
