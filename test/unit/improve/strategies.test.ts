import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildHunk } from '../../../src/core/improve/buildHunk';
import type { StrategyCase } from '../../../src/core/improve/strategies/strategy';
import { readPrompt } from '../../../src/core/prompt/promptDocument';
import { splitLines } from '../../../src/core/prompt/splitLines';
import { applyHunks } from '../../../src/core/review/applyHunks';
import { words } from '../../../src/core/text/words';
import { hash } from '../support/memoryPorts';

function propose(base: string, rule: string, more: Partial<StrategyCase> & { coveredAt?: number } = {}) {
  const document = readPrompt(base);
  const { coveredAt, ...rest } = more;
  const covering = document.instructions.find((each) => each.line === coveredAt);
  return buildHunk(
    {
      templateId: 't',
      base,
      subject: {
        document,
        rule,
        conditional: false,
        words: words(rule),
        ...(covering ? { covering } : {}),
        ...rest,
      },
      patternIds: ['p1'],
      evidence: [],
      confidence: 0.9,
      reason: (because) => because,
    },
    hash,
  )?.hunk;
}

function edited(
  base: string,
  rule: string,
  more: Partial<StrategyCase> & { coveredAt?: number } = {},
): string {
  const hunk = propose(base, rule, more);
  if (hunk === undefined) throw new Error('nothing was proposed');
  return applyHunks(base, [hunk]);
}

const agent = `---
name: engineer
---
# Engineer

## Workspaces

* Create a session workspace for every task.
* Name the session after the task.

## Testing

1. Run the unit tests.
2. Read the coverage report.

## Output

Answer in one paragraph.
`;

describe('additive', () => {
  it('puts a rule behind the list of the section that it is about, with the bullet of that list', () => {
    const hunk = propose(agent, 'Do not edit files in the main workspace.', {
      words: ['session', 'workspac'],
    });
    expect(hunk).toMatchObject({ strategy: 'additive', section: 'Engineer > Workspaces', before: '' });
    expect(hunk?.after).toBe('* Do not edit files in the main workspace.\n');
    expect(edited(agent, 'Do not edit files in the main workspace.', { words: ['session'] })).toBe(
      agent.replace('after the task.\n', 'after the task.\n* Do not edit files in the main workspace.\n'),
    );
  });

  it('gives a rule the next number where the section has numbered items alone, and numbers nothing anew', () => {
    expect(edited(agent, 'Run the unit tests before every push.')).toBe(
      agent.replace('report.\n', 'report.\n3. Run the unit tests before every push.\n'),
    );
  });

  it('opens a section of its own where none fits', () => {
    expect(edited(agent, 'Never publish a package.')).toBe(
      `${agent}\n## Working agreements\n\n- Never publish a package.\n`,
    );
  });

  it('finds that section again', () => {
    const once = edited(agent, 'Never publish a package.');
    expect(edited(once, 'Ask before a purchase.')).toBe(`${once}- Ask before a purchase.\n`);
  });

  it.each([
    ['an empty prompt', '', '## Working agreements\n\n- Ask first.\n'],
    [
      'frontmatter alone',
      '---\nname: a\n---\n',
      '---\nname: a\n---\n\n## Working agreements\n\n- Ask first.\n',
    ],
    [
      'frontmatter alone without a last newline',
      '---\nname: a\n---',
      '---\nname: a\n---\n\n## Working agreements\n\n- Ask first.',
    ],
    ['a list without a heading', '- Be brief.\n', '- Be brief.\n- Ask first.\n'],
    [
      'prose without a heading',
      'You are a reviewer.\n',
      'You are a reviewer.\n\n## Working agreements\n\n- Ask first.\n',
    ],
    ['a byte-order mark and CRLF', '\uFEFF- Be brief.\r\n', '\uFEFF- Be brief.\r\n- Ask first.\r\n'],
    [
      'a last line without a newline',
      '# A\n\n- Be brief.',
      '# A\n\n- Be brief.\n\n## Working agreements\n\n- Ask first.',
    ],
    [
      'blank lines at the end',
      '# A\n\nBe brief.\n\n\n',
      '# A\n\nBe brief.\n\n## Working agreements\n\n- Ask first.\n\n\n',
    ],
    ['a loose list', '- Be brief.\n\n- Be kind.\n', '- Be brief.\n\n- Be kind.\n\n- Ask first.\n'],
  ])('stands well in %s', (_, base, expected) => {
    expect(edited(base, 'Ask first.')).toBe(expected);
  });

  it('proposes nothing where the text would vanish in an unclosed code block', () => {
    expect(propose('# A\n\n```sh\nnpm test\n', 'Ask first.')).toBeUndefined();
  });
});

describe('contextual', () => {
  it('names the case in which the corrections happen', () => {
    const hunk = propose(agent, 'Ask before dropping a table.', { condition: 'working on .sql files' });
    expect(hunk?.strategy).toBe('contextual');
    expect(hunk?.after).toBe(
      '\n## Working agreements\n\n- When working on .sql files, ask before dropping a table.\n',
    );
  });

  it("leaves the person's own condition as it is", () => {
    const hunk = propose(agent, 'When a table is dropped, ask first.', {
      conditional: true,
      condition: 'using Bash',
    });
    expect(hunk?.strategy).toBe('contextual');
    expect(hunk?.after).toContain('- When a table is dropped, ask first.\n');
  });
});

describe('contextual, where the prompt names the case already', () => {
  it.each([
    ['# A\n\n## SQL\n\n- Use CTEs.\n- Name keys.\n', 'working on .sql files', '- Name keys.\n'],
    [
      '# A\n\n## Working on TypeScript files\n\n- Be strict.\n\n## B\n',
      'working on .ts files',
      '- Be strict.\n',
    ],
    ['# A\n\nWhen editing SQL:\n\n- Use CTEs.\n- Name keys.\n', 'working on .sql files', '- Name keys.\n'],
  ])('puts the rule there without the case: %j', (base, condition, last) => {
    const hunk = propose(base, 'Ask before dropping a table.', { condition });
    expect(hunk?.strategy).toBe('contextual');
    expect(applyHunks(base, hunk ? [hunk] : [])).toBe(
      base.replace(last, `${last}- Ask before dropping a table.\n`),
    );
  });
});

describe('replacement of what is contradicted', () => {
  it('puts the rule where the opposite stands', () => {
    const base = '# A\n\n- Be brief.\n- **Packages**: Use npm. Pin versions.\n';
    const hunk = propose(base, 'Use pnpm, not npm.');
    expect(hunk).toMatchObject({
      strategy: 'replacement',
      before: '- **Packages**: Use npm. Pin versions.\n',
    });
    expect(hunk?.reason).toContain('line 4 says the opposite');
    expect(applyHunks(base, hunk ? [hunk] : [])).toBe(base.replace('Use npm.', 'Use pnpm, not npm.'));
  });

  it('leaves an order for another case', () => {
    expect(propose('# A\n\n- Use `any` in tests.\n', 'Never use `any`.')?.strategy).toBe('additive');
    expect(
      propose('# A\n\n- Use npm.\n', 'Use pnpm, not npm.', { condition: 'working on .ts files' })?.strategy,
    ).toBe('contextual');
  });
});

describe('replacement', () => {
  it('makes an instruction that was not followed sharper, with what to do instead, and writes no second one', () => {
    const hunk = propose(agent, 'Do not edit files in the main workspace.', { coveredAt: 8 });
    expect(hunk).toMatchObject({
      strategy: 'replacement',
      startLine: 7,
      before: '* Create a session workspace for every task.\n',
      after: '* Create a session workspace for every task. Do not edit files in the main workspace.\n',
    });
  });

  it('says that it always holds where the correction only says it again, then stresses it, and then rests', () => {
    const once = edited(agent, 'Run the unit tests.', { coveredAt: 13 });
    expect(once).toBe(agent.replace('1. Run', '1. Always run'));
    const twice = edited(once, 'Run the unit tests.', { coveredAt: 13 });
    expect(twice).toBe(agent.replace('1. Run the unit tests.', '1. **Always run the unit tests.**'));
    expect(propose(twice, 'Run the unit tests.', { coveredAt: 13 })).toBeUndefined();
  });

  it('keeps a line that leads into nested lines at its end', () => {
    const base = '# A\n\n- Before a commit:\n  - Run the tests.\n';
    expect(edited(base, 'Never skip the linter.', { coveredAt: 3 })).toBe(
      '# A\n\n- Never skip the linter. Before a commit:\n  - Run the tests.\n',
    );
  });
});

describe('structural', () => {
  it('makes one of two items that say the same', () => {
    const base = '# A\n\n- Run the unit tests.\n- Be brief.\n- Always run the unit tests!\n- Be kind.\n';
    const hunk = propose(base, 'Run the unit tests.', { coveredAt: 5 });
    expect(hunk?.strategy).toBe('structural');
    expect(applyHunks(base, hunk ? [hunk] : [])).toBe(
      '# A\n\n- Run the unit tests.\n- Be brief.\n- Be kind.\n',
    );
  });

  it('keeps two items of which one forbids what the other asks', () => {
    const base = '# A\n\n- Do push the branch.\n- Never push the branch.\n';
    expect(propose(base, 'Never push the branch.', { coveredAt: 4 })?.strategy).not.toBe('structural');
  });

  const long =
    'Write small functions with clear names that say what they do and keep them together in one file. ' +
    'Run the unit tests before you push anything to the shared branch of the project. ' +
    'Keep the changelog in order and mention the people who helped with the change.';

  it('gives the sentence that was not followed a line of its own', () => {
    const base = `# A\n\n- ${long}\n`;
    const hunk = propose(base, 'Do not push without running the tests.', { coveredAt: 3 });
    expect(hunk?.strategy).toBe('structural');
    expect(applyHunks(base, hunk ? [hunk] : [])).toBe(
      '# A\n\n- Always run the unit tests before you push anything to the shared branch of the project.\n' +
        '- Write small functions with clear names that say what they do and keep them together in one file. ' +
        'Keep the changelog in order and mention the people who helped with the change.\n',
    );
  });

  it('moves an item that stands far down in a long prompt to the top of its list', () => {
    const filler = Array.from({ length: 96 }, (_, index) => `Sentence ${index} says some thing.\n\n`).join(
      '',
    );
    const list = '- Be brief.\n- Be kind.\n- Be exact.\n- Ask before you delete a file.\n- Sign off.\n';
    const base = `# A\n\n${filler}## Rules\n\n${list}`;
    const line = base.split('\n').indexOf('- Ask before you delete a file.') + 1;
    const hunk = propose(base, 'Do not delete a file without asking.', { coveredAt: line });
    expect(hunk?.strategy).toBe('structural');
    expect(applyHunks(base, hunk ? [hunk] : [])).toBe(
      base.replace(
        list,
        '- Always ask before you delete a file.\n- Be brief.\n- Be kind.\n- Be exact.\n- Sign off.\n',
      ),
    );
  });
});

describe('whatever the prompt and the rule', () => {
  const block = fc.constantFrom(
    '# Title\n\n',
    '## Testing\n\n',
    '## Workspaces\n',
    '- Run the tests.\n',
    '* Use a session workspace.\n\n',
    '1. Ask first.\n',
    'Plain words stand here.\n\n',
    '```sh\nnpm test\n```\n',
    '<rules>\n',
    '> Quoted words stand here.\n',
    '| a | b |\n',
    '\n',
    '  - Nested item.\n',
  );
  const prompts = fc
    .tuple(
      fc.constantFrom('', '---\nname: a\ntools: Read\n---\n'),
      fc.array(block, { maxLength: 9 }),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([front, blocks, crlf, mark, closed]) => {
      const text = front + blocks.join('');
      const ended = closed ? text : text.replace(/\n$/, '');
      return (mark ? '\uFEFF' : '') + (crlf ? ended.replaceAll('\n', '\r\n') : ended);
    });
  const rules = fc.constantFrom(
    'Run the tests before every commit.',
    'Do not edit files in the main workspace.',
    'When in doubt, ask first.',
    'Never publish a package.',
  );

  it('leaves the frontmatter and every line that is not its own byte for byte, for any subset of hunks', () => {
    fc.assert(
      fc.property(prompts, fc.uniqueArray(rules, { maxLength: 4 }), fc.nat(), (base, said, pick) => {
        const { frontmatterLines, lines, instructions } = readPrompt(base);
        const hunks = said.flatMap((rule, index) => {
          const coveredAt =
            index === 0 ? instructions[pick % Math.max(1, instructions.length)]?.line : undefined;
          const hunk = propose(base, rule, coveredAt === undefined ? {} : { coveredAt });
          return hunk === undefined ? [] : [hunk];
        });
        const chosen = hunks.filter((_, index) => (pick >> index) % 2 === 0);
        const clash = chosen.some(
          (one) => one.before === '' && chosen.some((other) => inside(one.startLine, other)),
        );
        if (clash) return;
        const result = applyHunks(base, chosen);
        expect(
          result
            .split(/(?<=\n)/)
            .slice(0, frontmatterLines)
            .map(bare),
        ).toEqual(lines.slice(0, frontmatterLines).map(bare));
        const replaced = new Set(
          chosen.flatMap((each) => splitLines(each.before).map((_, index) => each.startLine + index)),
        );
        let from = 0;
        for (const [index, line] of lines.entries()) {
          if (replaced.has(index) || bare(line) === '') continue;
          from = result.indexOf(bare(line), from) + 1;
          expect(from, `line ${index}: ${line}`).toBeGreaterThan(0);
        }
        if (/\r\n/.test(base) && !/(?:^|[^\r])\n/.test(base)) expect(result).not.toMatch(/(?:^|[^\r])\n/);
        expect(result.startsWith('\uFEFF')).toBe(base.startsWith('\uFEFF'));
      }),
      { numRuns: 300 },
    );
  });
});

function bare(line: string): string {
  return line.replace(/\r?\n$/, '');
}

function inside(line: number, { before, startLine }: { before: string; startLine: number }): boolean {
  return startLine < line && line < startLine + splitLines(before).length;
}
