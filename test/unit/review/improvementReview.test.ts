import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyHunks } from '../../../src/core/review/applyHunks';
import { hunk, propose, type Workbench, workbench } from '../support/workbench';

const path = 'CLAUDE.md';
const id = 'claude-md';
const base = '# Rules\n\n- one\n- two\n\n# Style\n\n- short\n- plain\n';
const a = hunk('a', 4, '', '- three\n');
const b = hunk('b', 7, '- short\n', '- short sentences\n', { strategy: 'replacement', section: 'Style' });
const c = hunk('c', 9, '', '- kind\n', { strategy: 'contextual', section: 'Style' });

async function reviewing(hunks = [a, b, c], text = base): Promise<Workbench> {
  const bench = workbench({ [path]: text });
  await bench.templates.adopt();
  await propose(bench, id, hunks);
  return bench;
}

const textOf = async (bench: Workbench, version: string) =>
  (await bench.templates.versionText(id, version)).text;

/** Lets `act` fail at its first write, at its second, and so on: all must be as before. Gives the steps that failed. */
async function failAtEveryWrite(
  prepare: (bench: Workbench) => Promise<unknown>,
  act: (bench: Workbench) => Promise<unknown>,
): Promise<readonly string[]> {
  const steps: string[] = [];
  for (let broken = 0; broken < 50; broken++) {
    const bench = await reviewing();
    await prepare(bench);
    const before = bench.store.snapshot();
    let count = 0;
    const fault = (operation: string, subject: string) => {
      if (count++ !== broken) return;
      steps.push(`${operation} ${subject}`);
      throw new Error('no space left');
    };
    for (const port of [bench.store, bench.audit]) port.fault = fault;
    const failed = await act(bench).then(
      () => false,
      () => true,
    );
    if (!failed) break;
    expect(bench.store.snapshot(), steps.at(-1) ?? '').toBe(before);
  }
  return steps;
}

describe('accepting', () => {
  it('makes a draft while hunks are pending and touches no file', async () => {
    const bench = await reviewing();
    const { improvement, version } = await bench.review.accept('imp-1', { hunkIds: ['a'] });
    expect(version).toMatchObject({ version: '1.1.0-draft.1', status: 'draft', parentVersion: '1.0.0' });
    expect(improvement).toMatchObject({ status: 'proposed', version: '1.1.0-draft.1' });
    expect(await textOf(bench, '1.1.0-draft.1')).toBe(applyHunks(base, [a]));
    expect(bench.promptFiles.writes).toBe(0);
    expect((await bench.templates.get(id)).currentVersion).toBe('1.0.0');
    await expect(bench.templates.deploy(id, { version: '1.1.0-draft.1' })).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
      remedy: expect.stringContaining('finish the review'),
    });
  });

  it('gathers hunks in one draft, which becomes the version when none is pending', async () => {
    const bench = await reviewing();
    await bench.review.accept('imp-1', { hunkIds: ['a'] });
    const second = await bench.review.accept('imp-1', { hunkIds: ['c'] });
    expect(second.version.version).toBe('1.1.0-draft.2');
    await bench.review.reject('imp-1', { hunkIds: ['b'], reason: 'too long' });

    const improvement = await bench.store.get('improvements', 'imp-1');
    expect(improvement).toMatchObject({ status: 'partly-accepted', version: '1.1.0' });
    const { versions, template } = await bench.templates.history(id);
    expect(versions.map((each) => [each.version, each.status])).toEqual([
      ['1.1.0', 'approved'],
      ['1.1.0-draft.2', 'archived'],
      ['1.1.0-draft.1', 'archived'],
      ['1.0.0', 'active'],
    ]);
    expect(template).toMatchObject({ currentVersion: '1.1.0', deployedVersion: '1.0.0' });
    expect(await textOf(bench, '1.1.0')).toBe(applyHunks(base, [a, c]));
    expect(await bench.store.get('comparisons', `${id}@1.0.0-to-1.1.0`)).toMatchObject({ linesAdded: 2 });
    expect(await bench.store.get('reviewDrafts', 'imp-1')).toBeUndefined();
  });

  it('lets the strongest strategy among the accepted hunks decide the number', async () => {
    const bench = await reviewing();
    const { version, improvement } = await bench.review.accept('imp-1', {});
    expect(version).toMatchObject({ version: '2.0.0', strategy: 'replacement', hunkIds: ['a', 'b', 'c'] });
    expect(version.patternIds).toEqual(['p-a', 'p-b', 'p-c']);
    expect(improvement.status).toBe('accepted');
  });

  it("takes the person's own text for a hunk", async () => {
    const bench = await reviewing();
    const { version, improvement } = await bench.review.accept('imp-1', {
      edited: { a: '- three, and four\n', b: '' },
    });
    expect(await textOf(bench, version.version)).toBe(
      '# Rules\n\n- one\n- two\n- three, and four\n\n# Style\n\n- plain\n- kind\n',
    );
    expect(improvement.hunks.map((each) => each.editedAfter)).toEqual(['- three, and four\n', '', undefined]);
    expect(await bench.store.get('improvementMetrics', id)).toMatchObject({
      accepted: 3,
      edited: 2,
      rejected: 0,
    });
  });

  it('wants whole lines, and keeps the line ends of the prompt', async () => {
    const bench = await reviewing([hunk('a', 1, '', '- x\r\n')], '# R\r\n- one\r\n');
    const before = bench.store.snapshot();
    await expect(bench.review.accept('imp-1', { edited: { a: '- open' } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(bench.store.snapshot()).toBe(before);
    const { version } = await bench.review.accept('imp-1', { edited: { a: '- y\n- z\n' } });
    expect(await textOf(bench, version.version)).toBe('# R\r\n- y\r\n- z\r\n- one\r\n');
  });

  it('says clearly what cannot be', async () => {
    const bench = await reviewing();
    await bench.review.accept('imp-1', { hunkIds: ['a'] });
    const accept = (hunkIds?: string[]) => bench.review.accept('imp-1', hunkIds ? { hunkIds } : {});
    await expect(accept(['a'])).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
      message: 'Hunk a was accepted already.',
    });
    await expect(accept(['z'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(accept([])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(bench.review.accept('imp-9', {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(
      bench.review.accept('imp-1', { hunkIds: ['b'], edited: { c: 'x\n' } }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await accept();
    await expect(accept()).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
      message: 'Improvement imp-1 was accepted already.',
    });
  });

  it('takes any subset, and rolling back after deploying restores the original bytes', async () => {
    const texts = [
      base,
      base.replaceAll('\n', '\r\n'),
      `\uFEFF${base}`,
      base.trimEnd(),
      `\uFEFF${base.replaceAll('\n', '\r\n').trimEnd()}`,
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts),
        fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
        async (text, hunkIds) => {
          const eol = text.includes('\r\n') ? '\r\n' : '\n';
          const hunks = [a, b, c].map((each) => ({
            ...each,
            before: each.before.replaceAll('\n', eol),
            after: each.after.replaceAll('\n', eol),
          }));
          const bench = await reviewing(hunks, text);
          const original = bench.promptFiles.files.get(path);
          await bench.review.accept('imp-1', { hunkIds });
          if (hunkIds.length < hunks.length) await bench.review.finish('imp-1');
          const { toVersion } = await bench.templates.deploy(id, {});
          const accepted = hunks.filter((each) => hunkIds.includes(each.hunkId));
          expect(bench.promptFiles.text(path)).toBe(applyHunks(text, accepted));
          expect(await textOf(bench, toVersion ?? '')).toBe(applyHunks(text, accepted));
          await bench.templates.rollback(id, { reason: 'test' });
          expect(bench.promptFiles.files.get(path)).toEqual(original);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('that fails at any write leaves everything as it was', async () => {
    const steps = await failAtEveryWrite(
      (bench) => bench.review.accept('imp-1', { hunkIds: ['a'] }),
      (bench) => bench.review.finish('imp-1'),
    );
    expect(steps).toContain('put improvements/imp-1');
    expect(steps).toContain('remove reviewDrafts/imp-1');
    expect(steps).toContain('audit review.finished');
  });
});

describe('a prompt that changed meanwhile', () => {
  it('is built upon: the outside edit becomes a version, and the hunks are merged into it', async () => {
    const bench = await reviewing();
    bench.promptFiles.set(path, base.replace('# Rules', '# House rules'));
    const { version } = await bench.review.accept('imp-1', {});
    expect(version).toMatchObject({ version: '2.0.0', parentVersion: '1.0.1' });
    expect(await textOf(bench, '2.0.0')).toBe(
      applyHunks(base, [a, b, c]).replace('# Rules', '# House rules'),
    );
    await bench.templates.deploy(id, {});
    expect(bench.promptFiles.text(path)).toContain('# House rules');
  });

  it('in the same lines is a conflict that names them; nothing is decided', async () => {
    const bench = await reviewing();
    bench.promptFiles.set(path, base.replace('- short\n', '- SHORT\n'));
    await expect(bench.review.accept('imp-1', { hunkIds: ['b'] })).rejects.toMatchObject({
      code: 'MERGE_CONFLICT',
      subject: `${path}:8`,
      message: expect.stringContaining('line 8'),
    });
    const improvement = await bench.store.get('improvements', 'imp-1');
    expect(improvement?.hunks.map((each) => each.decision)).toEqual(['pending', 'pending', 'pending']);
    const { version } = await bench.review.accept('imp-1', { hunkIds: ['a'] });
    expect(await textOf(bench, version.version)).toContain('- SHORT\n');
    expect((await bench.review.show('imp-1')).proposedText).toContain('- short sentences\n');
  });

  it('to what a hunk proposes needs no version of its own', async () => {
    const bench = await reviewing([a]);
    bench.promptFiles.set(path, applyHunks(base, [a]));
    const { version, improvement } = await bench.review.accept('imp-1', {});
    expect(version).toMatchObject({ version: '1.0.1', origin: 'edited-outside' });
    expect(improvement).toMatchObject({ status: 'accepted', version: '1.0.1' });
  });

  it('by another improvement that is accepted and waits is built upon too', async () => {
    const bench = await reviewing([a]);
    await propose(bench, id, [c], { improvementId: 'imp-2' });
    await bench.review.accept('imp-1', {});
    const { version } = await bench.review.accept('imp-2', {});
    expect(version).toMatchObject({ version: '1.2.0', parentVersion: '1.1.0' });
    expect(await textOf(bench, '1.2.0')).toBe(applyHunks(base, [a, c]));
  });

  it('by a rollback does not bring the rolled-back edit in again', async () => {
    const bench = await reviewing([a]);
    await propose(bench, id, [c], { improvementId: 'imp-2' });
    await bench.review.accept('imp-1', {});
    await bench.templates.deploy(id, {});
    await bench.templates.rollback(id, { reason: 'worse' });
    const { version } = await bench.review.accept('imp-2', {});
    expect(version).toMatchObject({ version: '1.2.0', parentVersion: '1.0.0' });
    expect(await textOf(bench, '1.2.0')).toBe(applyHunks(base, [c]));
  });
});

describe('rejecting and taking back', () => {
  it('makes no version when everything is rejected', async () => {
    const bench = await reviewing();
    const improvement = await bench.review.reject('imp-1', { reason: 'no' });
    expect(improvement.status).toBe('rejected');
    expect(improvement).not.toHaveProperty('version');
    expect(improvement.hunks.map((each) => each.decisionReason)).toEqual(['no', 'no', 'no']);
    expect((await bench.templates.history(id)).versions).toHaveLength(1);
    expect(await bench.store.get('patternDecisions', 'p-a')).toMatchObject({
      state: 'rejected',
      memberIds: ['c-a'],
    });
    expect(await bench.store.get('improvementMetrics', id)).toMatchObject({ accepted: 0, rejected: 3 });
    expect(await bench.review.pending()).toEqual([]);
  });

  it('reopens a hunk while the review goes on, and puts its draft aside', async () => {
    const bench = await reviewing();
    await bench.review.accept('imp-1', { hunkIds: ['a'] });
    const improvement = await bench.review.reopen('imp-1', 'a');
    expect(improvement).not.toHaveProperty('version');
    expect((await bench.templates.history(id)).versions.map((each) => each.status)).toEqual([
      'archived',
      'active',
    ]);
    expect(await bench.store.get('patternDecisions', 'p-a')).toMatchObject({ state: 'proposed' });
    expect(await bench.store.get('improvementMetrics', id)).toMatchObject({ accepted: 0 });
    await expect(bench.review.reopen('imp-1', 'a')).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
    const again = await bench.review.accept('imp-1', {});
    expect(again.version.version).toBe('2.0.0');
  });

  it('finishes with what was accepted; the rest stays out', async () => {
    const bench = await reviewing();
    await bench.review.accept('imp-1', { hunkIds: ['a'] });
    const { improvement, version } = await bench.review.finish('imp-1');
    expect(version).toMatchObject({ version: '1.1.0', status: 'approved' });
    expect(improvement.status).toBe('partly-accepted');
    expect(await bench.store.get('patternDecisions', 'p-a')).toMatchObject({ state: 'addressed' });
    await expect(bench.review.finish('imp-1')).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
  });

  it('finishes without a version when nothing was accepted', async () => {
    const bench = await reviewing();
    expect(await bench.review.finish('imp-1')).toMatchObject({
      version: undefined,
      improvement: { status: 'rejected' },
    });
  });
});

describe('undoing after the end', () => {
  it('lets a finished review go on while its version waits, and makes another version then', async () => {
    const bench = await reviewing();
    await bench.review.accept('imp-1', { hunkIds: ['a', 'b'] });
    await bench.review.reject('imp-1', { hunkIds: ['c'] });
    const reopened = await bench.review.reopen('imp-1', 'b');
    expect(reopened).toMatchObject({ status: 'proposed', version: expect.stringContaining('-draft.') });
    expect(reopened.hunks.map((each) => each.decision)).toEqual(['accepted', 'pending', 'rejected']);
    const between = await bench.templates.history(id);
    expect(between.template.currentVersion).toBe('1.0.0');
    expect(between.versions.find((each) => each.version === '2.0.0')?.status).toBe('archived');
    expect(await bench.store.get('patternDecisions', 'p-b')).toMatchObject({ state: 'proposed' });
    expect((await bench.review.show('imp-1')).currentText).toBe(applyHunks(base, [a]));

    const done = await bench.review.reject('imp-1', { hunkIds: ['b'] });
    // A number is never given twice, and the newest is the highest.
    expect(done).toMatchObject({ status: 'partly-accepted', version: '2.1.0' });
    expect(await textOf(bench, '2.1.0')).toBe(applyHunks(base, [a]));
    expect((await bench.templates.get(id)).currentVersion).toBe('2.1.0');
  });

  it('takes every decision back when no hunk is named, with the person’s own words kept', async () => {
    const bench = await reviewing();
    await bench.review.accept('imp-1', { edited: { a: '- three, kindly\n' } });
    const { hunks, version } = await bench.review.reopen('imp-1');
    expect(hunks.map((each) => [each.decision, each.editedAfter])).toEqual([
      ['pending', '- three, kindly\n'],
      ['pending', undefined],
      ['pending', undefined],
    ]);
    expect(version).toBeUndefined();
    expect((await bench.review.pending()).map((each) => each.improvementId)).toEqual(['imp-1']);
    expect((await bench.review.show('imp-1')).currentText).toBe(base);
    expect((await bench.templates.get(id)).currentVersion).toBe('1.0.0');
    expect(bench.promptFiles.writes).toBe(0);
  });

  it('opens a review again in which everything was rejected', async () => {
    const bench = await reviewing();
    await bench.review.reject('imp-1', {});
    expect((await bench.review.reopen('imp-1', 'a')).status).toBe('proposed');
  });

  it('is refused once the version is deployed: a rollback takes it back', async () => {
    const bench = await reviewing();
    const { version } = await bench.review.accept('imp-1', {});
    await bench.templates.deploy(id, { version: version.version, override: 'tested by hand' });
    await expect(bench.review.reopen('imp-1', 'a')).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
      message: expect.stringContaining('was deployed'),
      remedy: expect.stringContaining('Roll back'),
    });
    expect((await bench.store.get('improvements', 'imp-1'))?.status).toBe('accepted');
  });

  it('is refused while a later version builds on it, or the same is proposed anew', async () => {
    const bench = await reviewing([a]);
    await bench.review.accept('imp-1', {});
    await propose(bench, id, [c], { improvementId: 'imp-2' });
    await bench.review.accept('imp-2', {});
    await expect(bench.review.reopen('imp-1')).rejects.toThrow('builds on');
    await bench.review.reopen('imp-2');
    await propose(bench, id, [{ ...a, hunkId: 'a2' }], { improvementId: 'imp-3' });
    await expect(bench.review.reopen('imp-1')).rejects.toThrow('proposed anew in imp-3');
  });

  it('that fails at any write leaves everything as it was', async () => {
    const steps = await failAtEveryWrite(
      (bench) => bench.review.accept('imp-1', {}),
      (bench) => bench.review.reopen('imp-1'),
    );
    expect(steps).toContain(`put versions/${id}@2.0.0`);
    expect(steps).toContain(`put templates/${id}`);
    expect(steps).toContain('audit review.reopened');
  });
});

describe('a hunk that the prompt collides with', () => {
  it('is named with its lines; the others are not', async () => {
    const bench = await reviewing();
    bench.promptFiles.set(path, base.replace('- short', '- brief'));
    await bench.templates.adopt();
    const { conflicts } = await bench.review.show('imp-1');
    expect(conflicts).toMatchObject([{ hunkId: 'b', message: expect.stringContaining('CLAUDE.md changed') }]);
    expect((await reviewing().then(({ review }) => review.show('imp-1'))).conflicts).toEqual([]);
  });
});

describe('both sides of the diff', () => {
  it('are the prompt with what was accepted, and with what is pending too', async () => {
    const bench = await reviewing();
    expect(await bench.review.show('imp-1')).toMatchObject({
      currentText: base,
      proposedText: applyHunks(base, [a, b, c]),
    });
    await bench.review.accept('imp-1', { hunkIds: ['a'] });
    const state = await bench.review.show('imp-1');
    expect(state.currentText).toBe(applyHunks(base, [a]));
    expect(state.proposedText).toBe(applyHunks(base, [a, b, c]));
    expect(state.pending.map((each) => [each.hunkId, each.startLine])).toEqual([
      ['b', 8],
      ['c', 10],
    ]);
    expect(applyHunks(state.currentText, state.pending)).toBe(state.proposedText);
  });

  it('do not repeat a heading that an accepted neighbour brought', async () => {
    const x = hunk('x', 9, '', '\n# New\n\n- first\n');
    const y = hunk('y', 9, '', '\n# New\n\n- second\n');
    const bench = await reviewing([x, y]);
    await bench.review.accept('imp-1', { hunkIds: ['x'] });
    const state = await bench.review.show('imp-1');
    expect(state.proposedText.match(/# New/g)).toHaveLength(1);
    expect(state.pending[0]?.after).toBe('- second\n');
    const typed = state.proposedText.replace('- second', '- 2nd');
    const { hunks } = await bench.review.interpret('imp-1', typed);
    expect(hunks).toEqual([{ hunkId: 'y', state: 'edited', after: '\n# New\n\n- 2nd\n' }]);
    const { version } = await bench.review.accept('imp-1', { edited: { y: hunks[0]?.after ?? '' } });
    expect(await textOf(bench, version.version)).toBe(typed);
  });

  it("keep the person's other edits when one hunk is decided", async () => {
    const bench = await reviewing();
    const { proposedText } = await bench.review.show('imp-1');
    const typed = proposedText.replace('- kind\n', '- kind and clear\n');
    await bench.review.saveDraft('imp-1', typed);
    expect((await bench.review.show('imp-1')).proposedText).toBe(typed);
    bench.clock.advance(1000);
    await bench.review.accept('imp-1', { hunkIds: ['a'] });
    expect((await bench.review.show('imp-1')).proposedText).toBe(typed);
    await bench.review.reject('imp-1', { hunkIds: ['b'] });
    expect((await bench.review.show('imp-1')).proposedText).toBe(
      applyHunks(base, [a, c]).replace('- kind\n', '- kind and clear\n'),
    );
  });

  it('cannot be saved for a review that is over', async () => {
    const bench = await reviewing();
    await bench.review.reject('imp-1', {});
    await expect(bench.review.saveDraft('imp-1', 'x')).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
  });
});

describe('pending improvements', () => {
  it('are listed newest first', async () => {
    const bench = await reviewing();
    await propose(bench, id, [a], { improvementId: 'imp-3', createdAt: '2026-11-03T00:00:00Z' });
    await propose(bench, id, [a], { improvementId: 'imp-2', createdAt: '2026-11-03T01:00:00+02:00' });
    expect((await bench.review.pending()).map((each) => each.improvementId)).toEqual([
      'imp-3',
      'imp-2',
      'imp-1',
    ]);
  });
});
