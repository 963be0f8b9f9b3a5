import { join, resolve } from 'node:path';
import { consentMark } from './consentMark';

/**
 * Remembers in the person's own folder for which workspaces they let their own prompts be managed. It is not kept with the workspace's
 * records: those may come from somebody else, with the repository.
 * @param home folder of the person
 */
export function personalConsent(root: string, home: string) {
  const folder = join(home, '.claude-pm', 'personal-prompts');
  return {
    /** Held while one of the person's own prompts is written, from whichever workspace. There once consent is given. */
    lock: join(folder, 'lock'),
    ...consentMark(folder, resolve(root), `${resolve(root)}\n`),
  };
}
