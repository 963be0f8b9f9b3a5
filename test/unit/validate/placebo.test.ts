import { describe, expect, it } from 'vitest';
import { applyHunks } from '../../../src/core/review/applyHunks';
import { drawRule, placeboOf } from '../../../src/core/validate/placebo';
import { hash } from '../support/memoryPorts';
import { base, correction, daily, hunk, rules } from './history';

const sources = daily('commits', 5);
const paths = daily('paths', 5);

describe('a placebo', () => {
  it('has as many words as the edit and stands where the edit stands', () => {
    const edit = hunk('paths', rules.paths, paths);
    const placebo = placeboOf([edit], sources, 'seed', hash);
    expect(placebo?.text.split(' ')).toHaveLength(rules.paths.split(' ').length);
    expect(applyHunks(base, placebo?.hunks ?? [])).toBe(`${base}- ${placebo?.text}\n`);
  });

  it('speaks only in words of the corrections that it is drawn from', () => {
    const words = new Set(sources.flatMap(({ userCorrection }) => userCorrection.split(/\s+/)));
    for (const word of drawRule(sources, 40, 'seed', hash).split(' ')) expect(words).toContain(word);
  });

  it('is drawn alike for the same seed, in whatever order the corrections come, and differs with the seed', () => {
    const draw = (seed: string) => drawRule(sources, 9, seed, hash);
    expect(drawRule([...sources].reverse(), 9, 'one', hash)).toBe(draw('one'));
    expect(new Set(['one', 'two', 'three', 'four', 'five', 'six'].map(draw)).size).toBeGreaterThan(1);
  });

  it('keeps what a replacement would take away, and its line ends', () => {
    const before = '- Keep pull requests small.\r\n';
    const edit = hunk('paths', '', paths, { before, after: `- ${rules.paths}\r\n` });
    const after = placeboOf([edit], sources, 'seed', hash)?.hunks[0]?.after;
    expect(after).toMatch(/^- Keep pull requests small\.\r\n- [^\r\n]+\r\n$/);
  });

  it('ignores what a person made of the hunk, but not its length', () => {
    const edit = hunk('paths', rules.paths, paths, { editedAfter: '- Use absolute paths.\n' });
    const placebo = placeboOf([edit], sources, 'seed', hash);
    expect(placebo?.text.split(' ')).toHaveLength(3);
    expect(placebo?.hunks[0]?.editedAfter).toBeUndefined();
  });

  it('cannot break out of its list item', () => {
    const hostile = correction('commits', 1, {
      userCorrection: 'stop\n\n# Root\n```js\nrm()\n```\n> quote <tag> *bold*',
    });
    const text = drawRule([hostile], 12, 'seed', hash);
    expect(text).not.toMatch(/[\n#`>*<]/);
  });

  it('is none where nothing is added, or there are no words to draw', () => {
    const removal = hunk('paths', '', paths, { before: '- Keep pull requests small.\n', after: '' });
    expect(placeboOf([removal], sources, 'seed', hash)).toBeNull();
    expect(placeboOf([hunk('paths', rules.paths, paths)], [], 'seed', hash)).toBeNull();
  });
});
