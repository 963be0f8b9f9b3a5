import { PipelineError } from '../errors';
import type { Access, Ports } from '../ports';
import { type Identity, identityText } from './identity';
import { isAtLeast, type Operation, operations, operationWords, type Role } from './operations';
import { type RoleSubject, type RoleTable, roleFor } from './roleTable';

const sources: Readonly<Record<Identity['from'], string>> = {
  setting: 'the setting claudePm.identity',
  environment: 'the environment variable CLAUDE_PM_IDENTITY',
  git: "git's user.name and user.email",
  system: 'the account on this machine',
};

/** Roles as the configuration gives them. Without a table everybody may do everything. */
export class RoleAccess implements Access {
  constructor(
    readonly table: RoleTable | undefined,
    readonly identity: () => Promise<Identity>,
    /** The file that holds the table, to be named. */
    private readonly place: string,
  ) {}

  async roleFor(subject?: RoleSubject): Promise<Role> {
    return this.table === undefined ? 'deployer' : roleFor(this.table, await this.identity(), subject);
  }

  async may(operation: Operation, subject?: RoleSubject): Promise<boolean> {
    return isAtLeast(await this.roleFor(subject), operations[operation]);
  }

  /** @throws PipelineError FORBIDDEN */
  async require(operation: Operation, subject?: RoleSubject): Promise<void> {
    const role = await this.roleFor(subject);
    const needed = operations[operation];
    if (isAtLeast(role, needed)) return;
    const who = await this.identity();
    const where = subject === undefined ? '' : ` for ${subject.path ?? subject.templateId}`;
    throw new PipelineError(
      'FORBIDDEN',
      `${identityText(who)} is ${role}${where}; ${operationWords[operation]} takes a ${needed}.`,
      {
        subject: subject?.templateId ?? operation,
        remedy: `Roles are in "roles" of ${this.place}; who you are comes from ${sources[who.from]}. Ask a person with the role, or correct either; nothing was changed.`,
      },
    );
  }
}

/** The same for a prompt of which only the id is at hand. @throws PipelineError FORBIDDEN */
export async function requireFor(
  { store, access }: Pick<Ports, 'store' | 'access'>,
  operation: Operation,
  templateId: string,
): Promise<void> {
  if (access === undefined) return;
  await access.require(operation, (await store.get('templates', templateId)) ?? { templateId });
}

/**
 * Of several pieces of work those that the person may do, with a warning for each that is left out.
 * @throws PipelineError FORBIDDEN where there is none that they may do
 */
export async function permitted<T extends RoleSubject>(
  { access, log }: Pick<Ports, 'access' | 'log'>,
  operation: Operation,
  work: readonly T[],
): Promise<readonly T[]> {
  if (access === undefined) return work;
  const allowed: T[] = [];
  for (const one of work) if (await access.may(operation, one)) allowed.push(one);
  const [first] = work;
  if (first !== undefined && allowed.length === 0) await access.require(operation, first);
  for (const one of work.filter((each) => !allowed.includes(each))) {
    log.warn(
      `${one.path ?? one.templateId} was left out: your role there does not allow ${operationWords[operation]}.`,
    );
  }
  return allowed;
}
