import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Workspace } from '../../../src/node/openWorkspace';
import { openFixed, temporaryFolder } from '../support/sampleWorkspace';

export const agentPath = '.claude/agents/engineer.md';
export const agentId = 'claude-agents-engineer';
export const twinPath = '.claude/agents/engineer-canary.md';
export const settingsPath = '.claude/settings.local.json';
export const agent = '---\nname: engineer\ndescription: Writes code.\n---\nYou are an engineer.\r\n';
export const betterAgent =
  '---\nname: engineer\ndescription: Writes code.\n---\nYou are a careful engineer.\r\n';
export const rules = '# Rules\n\n- Be brief.\n';
export const betterRules = '# Rules\n\n- Be brief.\n- Never mock the clock.\n';

export function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

export function textOf(root: string, file: string): string | undefined {
  return existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined;
}

/** Every file and folder outside of the records, with its bytes. */
export function contents(root: string): Readonly<Record<string, string>> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const own = names.filter((name) => !/^\.(?:claude-pm|git)(?:[\\/]|$)/.test(name)).sort();
  return Object.fromEntries(
    own.map((name) => {
      const file = join(root, name);
      return [name, statSync(file).isDirectory() ? '(folder)' : readFileSync(file).toString('latin1')];
    }),
  );
}

async function addCandidate({ templates }: Workspace, templateId: string, text: string): Promise<void> {
  await templates.addVersion({
    ...{ templateId, version: '1.1.0', parentVersion: '1.0.0', origin: 'improvement', status: 'approved' },
    ...{ changeSummary: 'better', strategy: 'additive', hunkIds: ['h1'], patternIds: ['p2', 'p1'], text },
  });
}

/** A workspace whose agent and CLAUDE.md have a candidate each. */
export async function experimentBench(files: Readonly<Record<string, string>> = {}): Promise<Workspace> {
  const root = temporaryFolder();
  const all = { [agentPath]: agent, 'CLAUDE.md': rules, ...files };
  for (const [file, text] of Object.entries(all)) write(root, file, text);
  mkdirSync(join(root, '.claude-pm'), { recursive: true });
  const workspace = await openFixed(root, { home: temporaryFolder() });
  await workspace.templates.adopt();
  const known = new Set((await workspace.templates.list()).records.map(({ templateId }) => templateId));
  if (known.has(agentId)) await addCandidate(workspace, agentId, betterAgent);
  if (known.has('claude-md')) await addCandidate(workspace, 'claude-md', betterRules);
  return workspace;
}

export async function startOn({ canary }: Workspace, templateId: string, options = {}) {
  return canary.start(await canary.plan(templateId, options));
}
