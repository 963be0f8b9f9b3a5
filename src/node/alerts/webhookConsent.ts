import { join, resolve } from 'node:path';
import { consentMark } from '../consentMark';

/**
 * Remembers in the person's own folder which addresses a workspace may send alerts to. Not with the workspace: its configuration may come
 * from somebody else, with the repository. Another address, or the same from another workspace, is asked for again.
 * @param home folder of the person
 */
export function webhookConsent(root: string, home: string, address: URL) {
  const folder = join(home, '.claude-pm', 'webhooks');
  const subject = JSON.stringify([resolve(root), address.href]);
  return consentMark(folder, subject, `${resolve(root)}\n${address.origin}\n`);
}
