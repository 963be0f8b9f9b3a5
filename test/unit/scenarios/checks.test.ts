import { describe, expect, it } from 'vitest';
import { runCheck, standsAlone } from '../../../src/core/scenarios/checks/registry';
import { rougeL } from '../../../src/core/scenarios/checks/similar';
import { type Check, checkSchema } from '../../../src/core/scenarios/scenarioSuite';
import { detectLanguage } from '../../../src/node/models/detectLanguage';

async function passes(answer: string, check: object, status = 0): Promise<boolean> {
  const parsed: Check = checkSchema.parse(check);
  if (!standsAlone(parsed)) throw new Error('needs a judge');
  return (
    await runCheck(answer, parsed, {
      runCommand: async () => status,
      detectLanguage: async (text) => detectLanguage(text),
    })
  ).passed;
}

const markdown = '# Plan\n\n## The *first* step\n\n```ts\nlet a = 1;\n```\n';

describe('checks', () => {
  it.each([
    [{ type: 'contains', value: 'DONE' }, 'It is done.', 'It is open.'],
    [{ type: 'contains', value: ['a', 'b'] }, 'a b', 'a c'],
    [{ type: 'not-contains', value: ['sorry', 'cannot'] }, 'Fine', 'I cannot'],
    [{ type: 'regex', value: '^done\\.$' }, 'done.', 'Done.'],
    [{ type: 'regex', value: '/^done$/im' }, 'So\nDone\n', 'So done'],
    [{ type: 'not-regex', value: '/todo/gi' }, 'Fine', 'A TODO'],
    [{ type: 'json' }, '```json\n{"a": 1}\n```', 'Here: {"a": 1}'],
    [
      {
        type: 'json-schema',
        value: { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } },
      },
      '{"a": 1}',
      '{"a": "x"}',
    ],
    [{ type: 'markdown-heading', value: 'the first step' }, markdown, '# Other'],
    [{ type: 'markdown-heading', value: '## The first step' }, markdown, '# The first step'],
    [{ type: 'code-fence', value: 'ts' }, markdown, '```js\n1\n```'],
    [{ type: 'code-fence' }, markdown, 'let a = 1;'],
    [{ type: 'max-words', value: 3 }, 'one two three', 'one two three four'],
    [{ type: 'min-words', value: 2 }, 'one two', 'one'],
    [{ type: 'equals', value: 'yes' }, ' yes\n', 'yes.'],
    [
      { type: 'language', value: 'de' },
      'Zuerst laufen alle Tests, dann wird der Zweig übertragen.\n\n```sh\ngit push --force-with-lease origin main\n```\n',
      'Run all the tests first, and push the branch only when they pass.',
    ],
    [{ type: 'similar', value: 'run all the tests first' }, 'Run all the tests first!', 'push it now'],
  ])('%j', async (check, good, bad) => {
    expect(await passes(good, check)).toBe(true);
    expect(await passes(bad, check)).toBe(false);
  });

  it('a command passes by its exit status', async () => {
    expect(await passes('x', { type: 'command', value: 'grep x' }, 0)).toBe(true);
    expect(await passes('x', { type: 'command', value: 'grep y' }, 1)).toBe(false);
  });

  it('measures likeness by the longest common subsequence of words', () => {
    // Lin (2004), section 3: "police killed the gunman" against S2 and S3, LCS 3 and 2 of 4 words each.
    expect(rougeL('police kill the gunman', 'police killed the gunman')).toBeCloseTo(0.75);
    expect(rougeL('the gunman kill police', 'police killed the gunman')).toBeCloseTo(0.5);
    expect(rougeL('', '')).toBe(1);
    expect(rougeL('a', '')).toBe(0);
  });

  it('stay fast on long answers', async () => {
    const long = 'word and more '.repeat(20_000);
    const start = performance.now();
    await passes(long, { type: 'similar', value: long });
    await passes(long, { type: 'markdown-heading', value: 'x' });
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
