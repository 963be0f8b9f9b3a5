import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PromptCheck } from '../../../src/core/lint/promptCheck';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import type { Improvement } from '../../../src/core/model/improvement';
import { applyHunks } from '../../../src/core/review/applyHunks';
import { PromptTemplateManager } from '../../../src/core/templates/promptTemplateManager';
import { memoryPorts } from '../support/memoryPorts';
import { defined, factsOf } from './support';

const text = [
  '# Project',
  '',
  'Run `npm run tset` first, and read [the guide](docs/old.md).',
  '',
  '- Use tabs for indentation in all files.',
  '- Keep functions short enough to read at once.',
  '- Use tabs for indentation in all files.',
  '',
  'Then `npm run bulid`.',
  '',
].join('\n');

function setUp(prompt = text, ignoredFindings: readonly string[] = []) {
  const ports = memoryPorts({ files: { 'CLAUDE.md': prompt } });
  const configuration = { ...defaultConfiguration, ignoredFindings: [...ignoredFindings] };
  const templates = new PromptTemplateManager(ports, configuration, 'ada');
  const facts = factsOf({
    files: ['docs/new.md', 'package.json'],
    moved: { 'docs/old.md': 'docs/new.md' },
    scripts: [defined('package.json', ['test', 'build'])],
  });
  const check = new PromptCheck(ports, configuration, templates, {
    facts: () => facts,
    breathe: async () => undefined,
  });
  return { ports, check };
}

function onlyOne(improvements: readonly Improvement[]): Improvement {
  const [first, ...others] = improvements;
  if (first === undefined || others.length > 0) throw new Error(`${improvements.length} improvements`);
  return first;
}

describe('the check of prompts', () => {
  it('tells what it found and what sections cost, and leaves out what was to be ignored', async () => {
    const { findings, prompts } = await setUp().check.check();
    expect(findings.map(({ code }) => code)).toEqual([
      'missing-command',
      'missing-path',
      'duplicate',
      'missing-command',
    ]);
    expect(prompts).toMatchObject([{ path: 'CLAUDE.md', sections: [{ section: 'Project', line: 1 }] }]);
    const unwanted = findings[0]?.findingId ?? '';
    const again = await setUp(text, [unwanted]).check.check();
    expect(again.findings.map(({ findingId }) => findingId)).not.toContain(unwanted);
    expect(again.ignored).toBe(1);
  });

  it('proposes its fixes as hunks of one improvement, and writes no prompt', async () => {
    const { ports, check } = setUp();
    const { status, confidence, hunks } = onlyOne(await check.fix());
    expect({ status, confidence }).toEqual({ status: 'proposed', confidence: 1 });
    expect(hunks.every(({ origin, decision }) => origin === 'prompt-check' && decision === 'pending')).toBe(
      true,
    );
    expect(applyHunks(text, hunks)).toContain('Run `npm run test` first');
    expect(await ports.promptFiles.read('CLAUDE.md')).toEqual(new TextEncoder().encode(text));
  });

  it('makes one hunk of the fixes of one line', async () => {
    const { hunks } = onlyOne(await setUp().check.fix());
    expect(hunks.map(({ startLine, after }) => [startLine, after])).toEqual([
      [2, 'Run `npm run test` first, and read [the guide](docs/new.md).\n'],
      [6, ''],
      [8, 'Then `npm run build`.\n'],
    ]);
  });

  it('makes nothing twice', async () => {
    const { ports, check } = setUp();
    const first = onlyOne(await check.fix());
    expect(await check.fix()).toEqual([first]);
    expect((await ports.store.list('improvements')).records).toHaveLength(1);
  });

  it('adds a fix that is asked for to the open improvement, which it replaces', async () => {
    const { ports, check } = setUp();
    const fixable = (await check.check()).findings.filter(({ fix }) => fix !== undefined);
    const [one, , , last] = fixable;
    const first = onlyOne(await check.fix({ findingIds: [one?.findingId ?? ''] }));
    const second = onlyOne(await check.fix({ findingIds: [last?.findingId ?? ''] }));
    expect(second.hunks).toHaveLength(2);
    expect((await ports.store.get('improvements', first.improvementId))?.status).toBe('superseded');
  });

  it('does not propose again what was rejected, unless it is asked for by itself', async () => {
    const { ports, check } = setUp();
    const made = onlyOne(await check.fix());
    const hunks = made.hunks.map((hunk) => ({ ...hunk, decision: 'rejected' as const }));
    await ports.store.put('improvements', { ...made, status: 'rejected', hunks });
    expect(await check.fix()).toEqual([]);
    const { findings } = await check.check();
    const asked = onlyOne(await check.fix({ findingIds: [findings[0]?.findingId ?? ''] }));
    expect(asked.status).toBe('proposed');
  });

  it('says that a finding is gone', async () => {
    await expect(setUp().check.fix({ findingIds: ['f_0'] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('makes hunks of which any subset applies, whatever the line ends, the mark at the start and the last line', async () => {
    const variants = fc.record({ eol: fc.constantFrom('\n', '\r\n'), bom: fc.boolean(), open: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        variants,
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        async ({ eol, bom, open }, kept) => {
          const base = `${bom ? '\uFEFF' : ''}${open ? text.trimEnd() : text}`.replaceAll('\n', eol);
          const { hunks } = onlyOne(await setUp(base).check.fix());
          const some = hunks.filter((_, index) => kept[index]);
          expect(applyHunks(base, [...some].reverse())).toBe(applyHunks(base, some));
          expect(applyHunks(base, [])).toBe(base);
          const lines = (value: string) => value.split(eol).length;
          const deleted = some.filter(({ after }) => after === '').length;
          expect(lines(applyHunks(base, some))).toBe(lines(base) - deleted);
        },
      ),
      { numRuns: 40 },
    );
  });
});
