import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { collections } from '../../src/core/model/collections';
import { readHistory, readSnapshot } from '../../src/host/snapshot';
import { openWorkspace, type Workspace } from '../../src/node/openWorkspace';
import { writeManyTemplates } from './generateTemplates';
import { probe } from './probe';
import { medianTime } from './time';

const size = { templates: 1000, versions: 100, deployments: 3 };
const rounds = 5;
/** Milliseconds until the rows are there. */
const limit = 1000;

const quiet = () => undefined;

/** What the tree of templates reads, at the size that it must stay quick with. */
export async function benchTemplates(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'claude-pm-bench-'));
  let workspace: Workspace | undefined;
  try {
    const [first = '', second = ''] = writeManyTemplates(folder, size);
    const log = { debug: quiet, info: quiet, warn: console.warn, error: console.error };
    console.log(`\nTree of ${size.templates} templates of ${size.versions} versions`);
    workspace = await probe('opening the workspace', () => openWorkspace(folder, { log, face: 'cli' }));
    const opened = workspace;
    await probe('rows of the templates, first time', () => readSnapshot(opened, false, new Map()));
    await probe('history of one, first time', () => readHistory(opened, first));
    await probe('history of another', () => readHistory(opened, second));
    await probe('tooltip of its version that waits', () =>
      opened.templates.versionImpact(second, `1.${size.versions - 1}.0`),
    );
    await probe('tooltip of an old version', () => opened.templates.versionImpact(second, '1.1.0'));
    const floor = await medianTime(rounds, async () => readPlainly(folder));
    const rows = await medianTime(rounds, async () => {
      await readSnapshot(opened, false, new Map());
    });
    const afterChange = await medianTime(rounds, async () => {
      rewrite(folder, `${first}@1.50.0`);
      await readSnapshot(opened, false, new Map());
      await readHistory(opened, first);
    });
    const row = (name: string, time: number) =>
      console.log(
        `  ${name.padEnd(40)} ${time.toFixed(0).padStart(6)} ms, ${(time / floor).toFixed(1)} times the floor`,
      );
    console.log(`  median of ${rounds}; the rows are to be there in ${limit} ms`);
    row('floor: the templates’ files, parsed', floor);
    row('rows of the templates', rows);
    row('the same and one history, after a change', afterChange);
  } finally {
    await workspace?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function readPlainly(folder: string): void {
  const place = path.join(folder, '.claude-pm', collections.templates.folder);
  for (const name of readdirSync(place)) JSON.parse(readFileSync(path.join(place, name), 'utf8'));
}

/** The record as it is, under the same name: the folder then bears another time. */
function rewrite(folder: string, id: string): void {
  const file = path.join(folder, '.claude-pm', collections.versions.folder, `${id}.json`);
  const text = readFileSync(file);
  rmSync(file);
  writeFileSync(file, text);
}
