import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckSubject } from '../../../src/core/improve/checks/check';
import { hasFailed, runChecks } from '../../../src/core/improve/checks/registry';
import { longestSharedRun } from '../../../src/core/improve/checks/sharedRun';
import type { CheckName, CheckResult } from '../../../src/core/model/improvement';
import { checkNames } from '../../../src/core/model/improvement';
import { readPrompt } from '../../../src/core/prompt/promptDocument';

const prompt = `# Project

## Workflow

- Run the full test suite before every commit.
- Use pnpm for packages.
- Write commit messages in the imperative.
`;

function said(text: string, sessionId: string) {
  return { correctionId: `c_${sessionId}`, sessionId, text };
}

function subject(rule: string, more: Partial<CheckSubject> = {}): CheckSubject {
  return {
    document: readPrompt(prompt),
    hunk: {
      strategy: 'additive',
      section: 'Project > Workflow',
      startLine: 7,
      before: '',
      after: `- ${rule}\n`,
    },
    rule,
    sources: [],
    ...more,
  };
}

function result(name: CheckName, of: CheckSubject): CheckResult {
  const found = runChecks(of).find(({ check }) => check === name);
  if (found === undefined) throw new Error(`no check ${name}`);
  return found;
}

describe('every hunk', () => {
  it('gets one result with a sentence from every check', () => {
    const results = runChecks(subject('Never edit generated files by hand.'));
    expect(results.map(({ check }) => check)).toEqual([...checkNames]);
    for (const { note } of results) expect(note).toMatch(/^\p{Lu}.*\.$/u);
    expect(hasFailed(results)).toBe(false);
  });

  it('is checked whatever its text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(runChecks(subject(text))).toHaveLength(checkNames.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a double', () => {
  it('fails, with the line that says it already', () => {
    const { outcome, note } = result(
      'duplicate',
      subject('Always run the full test suite before each commit.'),
    );
    expect(outcome).toBe('failed');
    expect(note).toContain('line 5 of the prompt');
  });

  it('fails when another prompt in force says it', () => {
    const alsoInForce = [readPrompt('- Never edit generated files by hand.\n')];
    const { outcome, note } = result(
      'duplicate',
      subject('Do not edit generated files by hand.', { alsoInForce }),
    );
    expect(outcome).toBe('failed');
    expect(note).toContain('line 1 of another prompt in force');
  });

  it('is none where the hunk replaces that instruction', () => {
    const before = '- Run the full test suite before every commit.\n';
    const rule = 'Run the full test suite before every commit, without exception.';
    const hunk = {
      strategy: 'replacement' as const,
      section: '',
      startLine: 4,
      before,
      after: `- ${rule}\n`,
    };
    expect(result('duplicate', subject(rule, { hunk })).outcome).toBe('passed');
  });
});

describe('a contradiction', () => {
  it('fails, with the line that it stands against', () => {
    const { outcome, note } = result('contradiction', subject('Use npm for packages.'));
    expect(outcome).toBe('failed');
    expect(note).toContain('line 6 of the prompt');
  });

  it('is none where the hunk replaces that instruction', () => {
    const hunk = {
      strategy: 'replacement' as const,
      section: '',
      startLine: 5,
      before: '- Use pnpm for packages.\n',
      after: '- Use npm for packages.\n',
    };
    expect(result('contradiction', subject('Use npm for packages.', { hunk })).outcome).toBe('passed');
  });
});

describe('private details', () => {
  it.each([
    'Ask Sarah before you deploy.',
    'Send questions to kim.lee@acme-tools.io.',
    'Keep data in /home/kimlee/data.',
    'Keep builds in /mnt/fast/builds.',
    'See JRA-4711 for the reason.',
    'Do as in issue #4321.',
    'Revert to 3fa9c1b when in doubt.',
    'Call +49 30 1234567 before a release.',
    'Open https://host.test/x?token=abcdef123456789.',
  ])('of one session fail: %s', (rule) => {
    expect(result('private-details', subject(rule, { sources: [said(rule, 's1')] })).outcome).toBe('failed');
  });

  it('that come back in two sessions are noted', () => {
    const sources = [said('ask Sarah first', 's1'), said('why not ask Sarah?', 's2')];
    const { outcome, note } = result('private-details', subject('Ask Sarah before you deploy.', { sources }));
    expect(outcome).toBe('noted');
    expect(note).toContain('2 sessions');
  });

  it('that are secrets fail however often they come back, and are not said again', () => {
    const secret = `ghp_${'aB3dE5gH7j'.repeat(4).slice(0, 36)}`;
    const rule = `Use ${secret} for the API.`;
    const { outcome, note } = result(
      'private-details',
      subject(rule, { sources: [said(rule, 's1'), said(rule, 's2')] }),
    );
    expect(outcome).toBe('failed');
    expect(note).not.toContain(secret);
  });

  it.each([
    'Close issues with "Closes #123".',
    'Encode text as UTF-8 and dates as ISO-8601.',
    'Use /tmp for scratch files.',
    'Pin actions, as in actions/checkout@v4.',
    'Put tests beside the code, in src.',
  ])('are not seen in: %s', (rule) => {
    expect(result('private-details', subject(rule)).outcome).toBe('passed');
  });

  it('that stand in the prompt already are no news', () => {
    const document = readPrompt('- Ask Sarah about the schema of the warehouse.\n');
    expect(result('private-details', subject('Ask Sarah before you deploy.', { document })).outcome).toBe(
      'passed',
    );
  });
});

describe('copied text', () => {
  it('passes for a plain order in the person’s own words', () => {
    const rule = 'Never edit files in the main workspace.';
    expect(result('copied-text', subject(rule, { sources: [said(rule, 's1')] })).outcome).toBe('passed');
  });

  it('fails for a long passage of one message', () => {
    const passage = Array.from(
      { length: 40 },
      (_, index) => `word${String.fromCharCode(97 + (index % 26))}`,
    ).join(' ');
    const { outcome, note } = result(
      'copied-text',
      subject(passage, { sources: [said(`so ${passage}`, 's1')] }),
    );
    expect(outcome).toBe('failed');
    expect(note).toContain('40 words in a row');
  });

  it('fails sooner for what stood in pasted code', () => {
    const code = Array.from({ length: 18 }, (_, index) => `call${String.fromCharCode(97 + index)}`).join(' ');
    const sources = [said(`look:\n\`\`\`\n${code}\n\`\`\`\n`, 's1')];
    expect(result('copied-text', subject(code, { sources })).outcome).toBe('failed');
  });

  it('counts the longest run that both have', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b'), { maxLength: 12 }),
        fc.array(fc.constantFrom('a', 'b'), { maxLength: 12 }),
        (a, b) => {
          const run = longestSharedRun(a, b);
          expect(run).toBe(longestSharedRun(b, a));
          const holds = (length: number) =>
            a.some(
              (_, at) =>
                at + length <= a.length &&
                ` ${b.join(' ')} `.includes(` ${a.slice(at, at + length).join(' ')} `),
            );
          if (run > 0) expect(holds(run)).toBe(true);
          expect(holds(run + 1)).toBe(false);
        },
      ),
    );
  });
});

describe('the token cost', () => {
  it('is always said', () => {
    const { outcome, note } = result('token-cost', subject('Never edit generated files by hand.'));
    expect(outcome).toBe('passed');
    expect(note).toMatch(/about \d+ tokens more, \d+\.\d% of the prompt's \d+/);
  });

  it('is noted when large, and fails when absurd', () => {
    expect(result('token-cost', subject('Check each of the lines. '.repeat(15))).outcome).toBe('noted');
    expect(result('token-cost', subject('Check each of the lines. '.repeat(90))).outcome).toBe('failed');
  });

  it('is a saving where the hunk takes away', () => {
    const hunk = {
      strategy: 'structural' as const,
      section: '',
      startLine: 5,
      before: '- Use pnpm for packages.\n',
      after: '',
    };
    expect(result('token-cost', subject('Use pnpm.', { hunk })).note).toMatch(/tokens less/);
  });
});

describe('the reading level', () => {
  const plain = readPrompt(
    Array.from({ length: 12 }, (_, index) => `- Run the ${index} test and fix it.\n`).join(''),
  );

  it('passes for a plain rule', () => {
    expect(result('reading-level', subject('Never edit the lock file.', { document: plain })).outcome).toBe(
      'passed',
    );
  });

  it('is noted, and no more, where the rule reads much harder than the prompt', () => {
    const rule =
      'Notwithstanding aforementioned considerations regarding maintainability, practitioners should systematically substantiate architectural recommendations.';
    expect(result('reading-level', subject(rule, { document: plain })).outcome).toBe('noted');
  });
});
