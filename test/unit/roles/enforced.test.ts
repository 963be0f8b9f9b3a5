import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isAtLeast, type Role, roles } from '../../../src/core/roles/operations';
import type { RoleTable } from '../../../src/core/roles/roleTable';
import { openWorkspace } from '../../../src/node/openWorkspace';
import { nullLog } from '../../../src/node/systemPorts';
import { buildCli } from '../support/builtCli';
import { openFixed } from '../support/sampleWorkspace';
import { copyOf, extra, extraPath, prepareSample, stateChanges } from '../support/stateChanges';

const identity = 'Ada Lovelace <ada@example.org>';
const open = (folder: string) =>
  openWorkspace(folder, { log: nullLog, now: new Date('2026-11-01T12:00:00.000Z'), seed: 7, identity });
let prepared = '';
beforeAll(async () => {
  prepared = await prepareSample(open);
}, 120_000);

function setRoles(folder: string, table: RoleTable): void {
  const path = join(folder, '.claude-pm/config.json');
  writeFileSync(path, JSON.stringify({ ...configurationOf(folder), roles: table }));
}

function configurationOf(folder: string): Record<string, unknown> {
  const files = readdirSync(join(folder, '.claude-pm'));
  if (!files.includes('config.json')) return {};
  return JSON.parse(readFileSync(join(folder, '.claude-pm/config.json'), 'utf8'));
}

/** Every file but the cache and the audit log, which notes refused deployments. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !/\.cache|[\\/](?:audit|sessions|held)[\\/]/.test(path))
      .map((path) => [path, readFileSync(path, 'base64')]),
  );
}

const gated = stateChanges.flatMap((change) =>
  change.role === null ? [] : [{ ...change, role: change.role }],
);

describe('roles, by every operation', () => {
  it.each(gated.flatMap((change) => roles.map((role) => ({ ...change, held: role, needed: change.role }))))(
    '$name by a $held takes a $needed',
    async ({ held, needed, prepare, run, template, options }) => {
      const folder = copyOf(prepared);
      if (prepare) {
        const before = await openFixed(folder, { identity });
        await prepare(before);
        await before.close();
      }
      // Where it is about one prompt, the role is held there alone.
      const own =
        template === 'extra' ? [extraPath] : ['CLAUDE.md', '.claude/agents/**', '.specstory/**', '**'];
      const people = [{ identity: 'ada@example.org', role: held, ...(template ? { templates: own } : {}) }];
      setRoles(folder, { default: 'viewer', people });
      const workspace = await openFixed(folder, { identity, ...options });
      const before = contents(folder);
      const outcome = run(workspace);
      if (isAtLeast(held, needed)) {
        await expect(outcome).resolves.not.toThrow();
        return;
      }
      await expect(outcome).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message: expect.stringMatching(
          new RegExp(`^Ada Lovelace <ada@example.org> is ${held}.*takes a ${needed}`),
        ),
        remedy: expect.stringContaining('.claude-pm/config.json'),
      });
      expect(contents(folder)).toEqual(before);
    },
    60_000,
  );

  it.each(gated.filter(({ template }) => template !== undefined))(
    '$name is refused where the role is held for other prompts only',
    async ({ prepare, run }) => {
      const folder = copyOf(prepared);
      if (prepare) {
        const before = await openFixed(folder, { identity });
        await prepare(before);
        await before.close();
      }
      setRoles(folder, {
        default: 'viewer',
        people: [{ identity: 'ada@example.org', role: 'deployer', templates: ['elsewhere/**'] }],
      });
      const workspace = await openFixed(folder, { identity });
      await expect(run(workspace)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    },
    60_000,
  );

  it('says nothing where no roles are set', async () => {
    const workspace = await openFixed(copyOf(prepared), { identity });
    for (const role of roles) expect(isAtLeast(await workspace.access.roleFor(), role)).toBe(true);
    await workspace.templates.deploy(extra, {});
  });

  it('notes a refused deployment in the audit log', async () => {
    const folder = copyOf(prepared);
    setRoles(folder, { default: 'approver', people: [] });
    const workspace = await openFixed(folder, { identity });
    await expect(workspace.templates.deploy(extra, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { records } = await workspace.ports.store.readLog('audit');
    expect(records.at(-1)).toMatchObject({
      action: 'template.deploy-failed',
      subject: extra,
      detail: { code: 'FORBIDDEN' },
      who: { email: 'ada@example.org' },
    });
  });
});

describe('roles on the command line', () => {
  const cli = buildCli();
  const commands: readonly { readonly args: readonly string[]; readonly needed: Role }[] = [
    { args: ['templates'], needed: 'viewer' },
    { args: ['history', extra], needed: 'viewer' },
    { args: ['audit', 'verify'], needed: 'viewer' },
    { args: ['deploy', extra, '--dry-run'], needed: 'viewer' },
    { args: ['init'], needed: 'proposer' },
    { args: ['analyze'], needed: 'proposer' },
    { args: ['suite', 'draft'], needed: 'proposer' },
    { args: ['forget', '--session', 'none'], needed: 'approver' },
    { args: ['deploy', extra], needed: 'deployer' },
    { args: ['rollback', extra, '--reason', 'worse'], needed: 'deployer' },
  ];

  it.each(commands.flatMap((one) => roles.map((role) => ({ ...one, role }))))(
    '$args by a $role',
    ({ args, needed, role }) => {
      const folder = copyOf(prepared);
      setRoles(folder, { default: 'viewer', people: [{ identity: 'ada@example.org', role }] });
      process.env['CLAUDE_PM_IDENTITY'] = identity;
      const { status, stderr } = cli(folder, args);
      delete process.env['CLAUDE_PM_IDENTITY'];
      if (isAtLeast(role, needed)) {
        expect(stderr).not.toContain('FORBIDDEN');
        expect(status).toBe(0);
        return;
      }
      expect(stderr).toContain('error: FORBIDDEN: Ada Lovelace <ada@example.org> is');
      expect(status).toBe(3);
    },
    60_000,
  );

  it('tells who one is, by what, and the role for each prompt', () => {
    const folder = copyOf(prepared);
    setRoles(folder, {
      default: 'proposer',
      people: [{ identity: '*', role: 'deployer', templates: [extraPath] }],
    });
    process.env['CLAUDE_PM_IDENTITY'] = identity;
    const { stdout, status } = cli(folder, ['whoami', '--json']);
    delete process.env['CLAUDE_PM_IDENTITY'];
    expect(status).toBe(0);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      identity: { name: 'Ada Lovelace', email: 'ada@example.org' },
      from: 'environment',
      restricted: true,
      role: 'deployer',
    });
    const of = (path: string) => answer.templates.find((one: { path: string }) => one.path === path)?.role;
    expect([of(extraPath), of('CLAUDE.md')]).toEqual(['deployer', 'proposer']);
  });
});
