import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import { person, say } from '../support/habitProjects';
import { MemoryLog } from '../support/memoryPorts';

const off = { overrides: { crossProjectHabits: false } };

/** All that stands in the index. */
function indexText({ folder, files }: ReturnType<typeof person>): string {
  return (files() ?? []).map((name) => readFileSync(join(folder, name), 'utf8')).join('');
}

describe('habits, unless they are allowed,', () => {
  it('touch nothing in the person’s folder, and there are none', async () => {
    const one = person();
    const { crossProjectHabits } = defaultConfiguration;
    const byDefault = await one.project('blog', { overrides: { crossProjectHabits } });
    const id = await say(byDefault, 'use pnpm, not npm');
    await say(byDefault, 'never mock the database');
    await byDefault.capture.curation.edit(id, { severity: 'high' });
    await byDefault.capture.curation.dismiss(id);
    await byDefault.capture.curation.restore(id);
    await byDefault.capture.import({});
    await byDefault.capture.curation.forget({ id });
    expect(await byDefault.capture.habits()).toEqual({ allowed: false, habits: [], skipped: [] });
    expect(one.files()).toBeUndefined();
  });
});

describe('habits, where they are allowed,', () => {
  it('are the same correction in two projects in other words', async () => {
    const one = person();
    const [shop, blog] = [await one.project('shop'), await one.project('blog')];
    const id = await say(shop, 'No, use pnpm here, never npm');
    await say(shop, 'the button is not where I said');
    expect((await shop.capture.habits()).habits).toEqual([]);
    await say(blog, 'please run pnpm instead of npm');
    await say(blog, 'the log is empty');
    const { allowed, habits, skipped } = await shop.capture.habits();
    expect({ allowed, skipped }).toEqual({ allowed: true, skipped: [] });
    expect(habits).toMatchObject([
      {
        correctionIds: [id],
        projects: [
          { name: 'blog', corrections: 1 },
          { name: 'shop', corrections: 1 },
        ],
      },
    ]);
    const [same] = (await blog.capture.habits()).habits;
    expect(same?.habitId).toBe(habits[0]?.habitId);
    expect(same?.correctionIds).not.toContain(id);
  });

  it('are only a person’s redacted words, cut, for nobody else to read', async () => {
    const one = person();
    const shop = await one.project('shop');
    const secret = `ghp_${'aB3dE5fG7h'.repeat(4).slice(0, 36)}`;
    await say(
      shop,
      `never print ${secret} ${'and stay short '.repeat(60)}\n\`\`\`\nsome pasted code\n\`\`\``,
      {
        originalResponse: 'what the agent said',
      },
    );
    await say(shop, '', { edit: { file: 'a.ts', before: 'x', after: 'y' } });
    const lines = indexText(one).trim().split('\n');
    expect(lines).toHaveLength(1);
    const entry = JSON.parse(lines[0] ?? '');
    expect(Object.keys(entry).sort()).toEqual(
      [
        'agentType',
        'correctionId',
        'pathHash',
        'project',
        'schemaVersion',
        'source',
        'text',
        'timestamp',
      ].sort(),
    );
    expect(entry).toMatchObject({ project: 'shop', agentType: 'main', source: 'manual' });
    expect(entry.text.length).toBeLessThanOrEqual(300);
    expect(entry.text).toMatch(/^never print \[redacted: .*…$/);
    expect(indexText(one)).not.toMatch(/ghp_|pasted|the agent said/);
    expect(one.files()).toEqual([`${entry.pathHash}.jsonl`]);
    if (process.platform !== 'win32') {
      expect(statSync(one.folder).mode & 0o777).toBe(0o700);
      expect(statSync(join(one.folder, one.files()?.[0] ?? '')).mode & 0o777).toBe(0o600);
    }
  });

  it('end with what was forgotten or dismissed, and come back with what was restored', async () => {
    const one = person();
    const [shop, blog] = [await one.project('shop'), await one.project('blog')];
    const id = await say(shop, 'use pnpm, not npm');
    const other = await say(blog, 'no npm, use pnpm');
    const seen = async () => (await blog.capture.habits()).habits.length;
    expect(await seen()).toBe(1);
    await shop.capture.curation.dismiss(id);
    expect(await seen()).toBe(0);
    expect(indexText(one)).not.toContain(id);
    await shop.capture.curation.restore(id);
    expect(await seen()).toBe(1);
    await shop.capture.curation.edit(id, { userCorrection: 'answer in German' });
    expect(await seen()).toBe(0);
    expect(indexText(one)).toContain('German');
    await shop.capture.curation.forget({ id });
    expect(indexText(one)).not.toMatch(new RegExp(`German|${id}`));
    expect(indexText(one)).toContain(other);
  });

  it('leave the index with the next import once they are switched off, and other projects stay', async () => {
    const one = person();
    const [shop, blog] = [await one.project('shop'), await one.project('blog')];
    await say(shop, 'use pnpm, not npm');
    await say(blog, 'no npm, use pnpm');
    await shop.close();
    const later = await one.project('shop', off);
    expect(one.files()).toHaveLength(2);
    await later.capture.import({});
    expect(one.files()).toHaveLength(1);
    expect(indexText(one)).not.toContain('"project":"shop"');
    const again = await one.project('shop');
    await again.capture.import({});
    expect((await again.capture.habits()).habits).toHaveLength(1);
    expect(one.files()).toHaveLength(2);
  });

  it('leave the index at once with what is forgotten after they were switched off', async () => {
    const one = person();
    const id = await say(await one.project('shop'), 'use pnpm, not npm');
    await (await one.project('shop', off)).capture.curation.forget({ id });
    expect(one.files()).toEqual([]);
  });

  it('are taken up by an import of a project that had corrections before', async () => {
    const one = person();
    await say(await one.project('shop', off), 'use pnpm, not npm');
    expect(one.files()).toBeUndefined();
    const shop = await one.project('shop');
    await shop.capture.import({});
    await shop.capture.import({});
    expect(indexText(one).trim().split('\n')).toHaveLength(1);
  });

  it('hold what a project said last', async () => {
    const one = person();
    const shop = await one.project('shop', off);
    const { correction } = await shop.capture.record({ agentType: 'main', userCorrection: 'x' });
    const many = Array.from({ length: 2010 }, (_, index) => ({
      ...correction,
      correctionId: `c_${index}`,
      userCorrection: `use number ${index}`,
      timestamp: new Date(Date.parse('2026-01-01T00:00:00Z') + index * 1000).toISOString(),
    }));
    await shop.ports.store.append('corrections', many);
    await (await one.project('shop')).capture.import({});
    const lines = indexText(one).trim().split('\n');
    expect(lines).toHaveLength(2000);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ correctionId: 'c_11' });
  });
});

describe('an index that cannot be written', () => {
  it.runIf(process.platform !== 'win32' && process.getuid?.() !== 0)(
    'stops neither import nor record, but forgetting, which then forgets nothing',
    async () => {
      const one = person();
      const log = new MemoryLog();
      const shop = await one.project('shop', { log });
      const id = await say(shop, 'use pnpm, not npm');
      chmodSync(one.folder, 0o500);
      try {
        await say(shop, 'never mock the database');
        expect(log.lines.join()).toContain('as it was until the next import');
        expect((await shop.capture.import({})).skipped).toMatchObject([
          { path: expect.stringContaining('habits'), reason: expect.stringContaining('permission') },
        ]);
        await expect(shop.capture.curation.forget({ id })).rejects.toMatchObject({
          code: 'PERMISSION_DENIED',
        });
        expect((await shop.capture.list({})).records).toHaveLength(2);
      } finally {
        chmodSync(one.folder, 0o700);
      }
      await shop.capture.curation.forget({ id });
      expect(indexText(one)).not.toContain(id);
    },
  );

  it('is told of by the import where a file lies in the folder’s place', async () => {
    const one = person();
    mkdirSync(join(one.home, '.claude-pm'));
    writeFileSync(one.folder, 'mine');
    const shop = await one.project('shop');
    const id = await say(shop, 'use pnpm, not npm');
    expect((await shop.capture.import({})).skipped).toEqual([
      { path: one.folder, line: 0, reason: 'it is no folder' },
    ]);
    expect((await shop.capture.habits()).skipped).toHaveLength(1);
    await shop.capture.curation.forget({ id });
    expect(readFileSync(one.folder, 'utf8')).toBe('mine');
  });
});
