import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSuite } from '../../../src/core/scenarios/readSuite';

const one = '- id: s1\n  task: Fix it\n  checks:\n    - type: contains\n      value: done\n';

describe('a file of scenarios', () => {
  it('is YAML or JSON, a list or a map that holds one', () => {
    const expected = [{ id: 's1', task: 'Fix it', checks: [{ type: 'contains', value: 'done' }] }];
    expect(readSuite(one, 's.yaml')).toEqual(expected);
    expect(readSuite(`scenarios:\n${one.replace(/^/gm, '  ')}`, 's.yaml')).toEqual(expected);
    expect(readSuite(JSON.stringify(expected), 's.json')).toEqual(expected);
  });

  it.each([
    ['- id: s1\n  task: Fix it\n  checks: []\n', 's.yaml:3: 0.checks'],
    [
      `${one}- id: s2\n  task: Do\n  checks:\n    - type: contians\n      value: x\n`,
      's.yaml:9: 1.checks.0.type',
    ],
    [`${one}${one}`, 's.yaml:6: The id “s1” stands there twice.'],
    ['- id: s1\n  task: T\n  checks:\n    - type: regex\n      value: "a("\n', 's.yaml:5: regex: '],
    ['- id: s1\n  task: [\n', 's.yaml:'],
    ['', 's.yaml'],
    ['just words', 's.yaml:1: The scenarios'],
  ])('that cannot be read names its line: %j', (text, message) => {
    expect(() => readSuite(text, 's.yaml')).toThrow(message);
  });

  it('is what the README shows', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');
    const [, shown = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
    expect(readSuite(shown, 'README.md').map(({ checks }) => checks.length)).toEqual([3]);
  });

  it('does not unfold aliases without end', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (let level = 0; level < 9; level++) {
      const [from, to] = [String.fromCharCode(97 + level), String.fromCharCode(98 + level)];
      bomb.push(`${to}: &${to} [${Array.from({ length: 9 }, () => `*${from}`).join(',')}]`);
    }
    expect(() => readSuite(bomb.join('\n'), 's.yaml')).toThrow('s.yaml');
  });
});
