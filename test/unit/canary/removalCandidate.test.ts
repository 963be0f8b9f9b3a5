import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRemovalVersion, textWithout } from '../../../src/core/canary/removalCandidate';
import { PipelineError } from '../../../src/core/errors';
import type { Hunk } from '../../../src/core/model/improvement';
import { applyHunks } from '../../../src/core/review/applyHunks';
import { hunk, propose, workbench } from '../support/workbench';

const base = '# QA\n\nBe kind.\n\n## Rules\n\n- One.\n- Two.\n';
const added = hunk('h1', 8, '', '- Run the tests.\n');
const replaced = hunk('h2', 2, 'Be kind.\n', 'Be brief.\n');

const conflictOf = (work: () => unknown): PipelineError => {
  try {
    work();
  } catch (error) {
    if (error instanceof PipelineError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('a text without one of its rules', () => {
  it('loses what the hunk put in, and gets back what it replaced', () => {
    const live = applyHunks(base, [added, replaced]);
    expect(textWithout(live, base, [added, replaced], 'h1')).toBe(applyHunks(base, [replaced]));
    expect(textWithout(live, base, [added, replaced], 'h2')).toBe(applyHunks(base, [added]));
  });

  it('keeps a heading that another rule needs', () => {
    const first = hunk('a', 8, '', '\n## Style\n\n- Use tabs.\n');
    const second = hunk('b', 8, '', '\n## Style\n\n- No emoji.\n');
    const live = applyHunks(base, [first, second]);
    expect(textWithout(live, base, [first, second], 'a')).toBe(applyHunks(base, [second]));
    expect(textWithout(live, base, [first, second], 'b')).toBe(applyHunks(base, [first]));
  });

  it('keeps what was changed elsewhere since', () => {
    const live = applyHunks(base, [added]).replace('# QA', '# Quality').replace('- One.', '- The one.');
    expect(textWithout(live, base, [added], 'h1')).toBe(
      base.replace('# QA', '# Quality').replace('- One.', '- The one.'),
    );
  });

  it.each([
    ['were edited', (live: string) => live.replace('Run the tests', 'Run some tests')],
    ['are gone', (live: string) => live.replace('- Run the tests.\n', '')],
  ])('is refused where the lines %s', (_, change) => {
    const live = change(applyHunks(base, [added]));
    const error = conflictOf(() => textWithout(live, base, [added], 'h1'));
    expect(error).toMatchObject({ code: 'MERGE_CONFLICT', subject: 'h1' });
    expect(error.message).toContain('h1');
  });

  it('is the text that would be there had the hunk not been accepted, byte for byte', () => {
    const eol = fc.constantFrom('\n', '\r\n');
    const mark = fc.constantFrom('', '\uFEFF');
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', '', '- d', '# e'), { minLength: 1, maxLength: 12 });
    const pick = fc.array(fc.tuple(fc.nat(11), fc.boolean()), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(lines, pick, eol, mark, fc.boolean(), (words, picked, end, byteOrderMark, ended) => {
        const numbered = words.map((word, index) => `${word} ${index}`);
        const text = byteOrderMark + numbered.join(end) + (ended ? end : '');
        const standing = (line: number) => `${numbered[line]}${ended || line < words.length - 1 ? end : ''}`;
        const places = [...new Map(picked.map(([line, takes]) => [line % words.length, takes]))];
        const hunks: Hunk[] = places.map(([line, takes]) =>
          hunk(`h${line}`, line, takes ? standing(line) : '', `- new ${line}${end}`),
        );
        const live = applyHunks(text, hunks);
        for (const { hunkId } of hunks) {
          const others = hunks.filter((each) => each.hunkId !== hunkId);
          expect(textWithout(live, text, hunks, hunkId)).toBe(applyHunks(text, others));
        }
      }),
    );
  });
});

describe('a version to try without a rule', () => {
  const path = '.claude/agents/qa.md';
  const id = 'claude-agents-qa';

  async function live() {
    const bench = workbench({ [path]: base });
    await bench.templates.adopt();
    await propose(bench, id, [added, replaced]);
    await bench.review.accept('imp-1', {});
    await bench.templates.deploy(id, {});
    return bench;
  }

  it('is an approved child of what is deployed that names the hunk, and is not deployed', async () => {
    const bench = await live();
    const { deployedVersion } = await bench.templates.get(id);
    const version = await makeRemovalVersion(bench.templates, id, 'h1');
    expect(version).toMatchObject({
      parentVersion: deployedVersion,
      status: 'approved',
      hunkIds: [],
      removedHunkIds: ['h1'],
      patternIds: [],
    });
    const { text } = await bench.templates.versionText(id, version.version);
    expect(text).toBe(applyHunks(base, [replaced]));
    expect((await bench.templates.get(id)).deployedVersion).toBe(deployedVersion);
  });

  it('is refused for what is no rule of the prompt, and once the rule is out', async () => {
    const bench = await live();
    await expect(makeRemovalVersion(bench.templates, id, '__proto__')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const { version } = await makeRemovalVersion(bench.templates, id, 'h1');
    await bench.templates.deploy(id, { version });
    await expect(makeRemovalVersion(bench.templates, id, 'h1')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await makeRemovalVersion(bench.templates, id, 'h2')).parentVersion).toBe(version);
  });
});
