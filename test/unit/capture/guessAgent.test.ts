import { expect, it } from 'vitest';
import { guessAgent } from '../../../src/core/capture/guessAgent';

const edit = (agentType: string, file: string) => ({ agentType, tool: { name: 'Edit', file } });
const prompts = new Map([['.claude/agents/qa.md', 'QA']]);

it('takes the agent whose prompt the file is', () => {
  expect(guessAgent('.claude/agents/qa.md', [edit('Ops', 'a.ts')], prompts)).toBe('QA');
});

it('else the one that last touched the file, wherever the tool says it lies', () => {
  const corrections = [
    edit('main', 'b.ts'),
    edit('Engineer', 'C:\\work\\src\\a.ts'),
    edit('Ops', '/w/src/a.ts'),
  ];
  expect(guessAgent('src/a.ts', corrections, prompts)).toBe('Engineer');
});

it('else the one that was last corrected, else the main thread', () => {
  expect(guessAgent('src/z.ts', [edit('Ops', 'b.ts'), edit('QA', 'c.ts')], prompts)).toBe('Ops');
  expect(guessAgent(undefined, [], prompts)).toBe('main');
});
