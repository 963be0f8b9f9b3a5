import { userInfo } from 'node:os';
import { type Identity, parseIdentity } from '../core/roles/identity';
import { systemCode } from './errorsFromNode';
import { askGit } from './gitProgram';

/** Names the person at work where git's own name is not the one to go by. */
export const identityVariable = 'CLAUDE_PM_IDENTITY';

/**
 * Who is at work: by the setting, else the environment, else git, else the account on this machine. Asked for when it is first needed, and
 * once: starting git takes a moment.
 */
export function openIdentity(
  root: string,
  setting: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): () => Promise<Identity> {
  let found: Promise<Identity> | undefined;
  return () => {
    found ??= findIdentity(root, setting, environment);
    return found;
  };
}

async function findIdentity(
  root: string,
  setting: string | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<Identity> {
  return (
    parseIdentity(setting ?? '', 'setting') ??
    parseIdentity(environment[identityVariable] ?? '', 'environment') ??
    (await gitIdentity(root)) ??
    parseIdentity(accountName(), 'system') ?? { name: 'unknown', from: 'system' }
  );
}

/** What git would sign a commit in this folder with, by its configuration. */
async function gitIdentity(root: string): Promise<Identity | undefined> {
  let answer: string;
  try {
    const asked = ['config', '--null', '--get-regexp', '^user\\.(name|email)$'];
    answer = (await askGit(root, asked)).toString('utf8');
  } catch (error) {
    // No git, or it knows no name: neither is a failure.
    if (error instanceof Error) return undefined;
    throw error;
  }
  const values = new Map<string, string>();
  // The later one holds: the repository's own, before the person's, before the system's.
  for (const one of answer.split('\0')) {
    const end = one.indexOf('\n');
    if (end > 0) values.set(one.slice(0, end).toLowerCase(), one.slice(end + 1));
  }
  const clean = (key: string) => (values.get(key) ?? '').replace(/[<>]/g, '').trim();
  return parseIdentity(`${clean('user.name')} <${clean('user.email')}>`, 'git');
}

/** Empty where the account has no name, as in a container. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause;
    return '';
  }
}
