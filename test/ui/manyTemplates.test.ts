import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeManyTemplates } from '../bench/generateTemplates';
import { screenshot, switchTheme, type ThemeName, themes } from '../harness/workbench/appearance';
import { expandRow, openViewContainer, treeRow, treeTexts } from '../harness/workbench/tree';
import { useWorkbench } from './session';

const themeNames = Object.keys(themes) as ThemeName[];
/** A row is read aloud by its tooltip, where it has one. */
const main = /^The main thread/;
const size = { templates: 1000, versions: 20, deployments: 3 };
/** The newest has the number 0, the one before it 1, and so on. */
const numberOf = (back: number) => `1.${size.versions - 1 - back}.0`;
const rowOf = (back: number) => new RegExp(`^Version ${numberOf(back).replaceAll('.', '\\.')}`);

describe('a person looks for one of a thousand prompts', () => {
  let ids: readonly string[] = [];
  const session = useWorkbench('many-templates', {
    prepare: async (folder) => {
      // VS Code's own git would look at 20,000 new files meanwhile.
      rmSync(path.join(folder, '.git'), { recursive: true, force: true });
      ids = writeManyTemplates(folder, size);
    },
  });
  const page = () => session.workbench.page;

  let broken = false;
  beforeEach(({ skip }) => skip(broken, 'an earlier step of the journey failed'));
  afterEach(({ task }) => {
    broken ||= task.result?.state === 'fail';
  });

  it('sees the agents, closed, while no history has been read', async () => {
    const started = performance.now();
    await openViewContainer(page(), 'Claude PM');
    await treeRow(page(), main).waitFor();
    console.log(`From the click to the rows: ${Math.round(performance.now() - started)} ms`);
    expect(await treeRow(page(), main).getAttribute('aria-expanded')).toBe('false');
    await screenshot(session.workbench, 'many-templates');
  });

  it('opens an agent of 500 prompts, and one of them', async () => {
    const started = performance.now();
    await expandRow(page(), main);
    await treeRow(page(), 'packages/part-0001/CLAUDE.md').waitFor();
    const opened = performance.now();
    await expandRow(page(), 'packages/part-0001/CLAUDE.md');
    await treeRow(page(), rowOf(0)).waitFor();
    console.log(
      `500 prompts after ${Math.round(opened - started)} ms, versions of one after ${Math.round(performance.now() - opened)} ms`,
    );
    for (const theme of themeNames) {
      await switchTheme(session.workbench, theme);
      await screenshot(session.workbench, `many-templates-open-${theme}`);
    }
  });

  it('keeps the selected row and what is open when a version changes elsewhere', async () => {
    const row = treeRow(page(), rowOf(1));
    await row.click();
    const file = path.join(
      session.folder,
      '.claude-pm/template_management/versions',
      `${ids[1] ?? ''}@${numberOf(2)}.json`,
    );
    const record = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(`${file}.tmp`, JSON.stringify({ ...record, tags: ['kept'] }));
    renameSync(`${file}.tmp`, file);
    const written = performance.now();
    await treeRow(page(), new RegExp(`${rowOf(2).source}.*#kept`)).waitFor();
    console.log(`From the change of a record to its row: ${Math.round(performance.now() - written)} ms`);
    expect(await row.getAttribute('aria-selected')).toBe('true');
    expect(await treeRow(page(), main).getAttribute('aria-expanded')).toBe('true');
  });

  it('finds a prompt by its name', async () => {
    const input = page().locator('.part.sidebar .monaco-tree-type-filter input').first();
    // A row that is drawn anew at that moment loses the keyboard.
    for (let attempt = 0; attempt < 5 && !(await input.isVisible()); attempt += 1) {
      await treeRow(page(), main).focus();
      await page().keyboard.press('Control+Alt+f');
      await input.waitFor({ timeout: 3000 }).catch(() => undefined);
    }
    await input.fill('part-0777');
    const found = treeRow(page(), 'packages/part-0777/CLAUDE.md');
    await found.waitFor();
    await screenshot(session.workbench, 'many-templates-found');
    expect((await treeTexts(page())).some((text) => text.includes('part-0777'))).toBe(true);
    await page().keyboard.press('Escape');
  });
});
