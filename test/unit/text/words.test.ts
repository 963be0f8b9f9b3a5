import { describe, expect, it } from 'vitest';
import { plainProse } from '../../../src/core/text/plainProse';
import { stem } from '../../../src/core/text/stem';
import { words } from '../../../src/core/text/words';

describe('stemming', () => {
  // Examples that Porter (1980) prints with his rules.
  it.each([
    ['caresses', 'caress'],
    ['ponies', 'poni'],
    ['cats', 'cat'],
    ['agreed', 'agre'],
    ['plastered', 'plaster'],
    ['motoring', 'motor'],
    ['hopping', 'hop'],
    ['filing', 'file'],
    ['happy', 'happi'],
    ['sky', 'sky'],
    ['relational', 'relat'],
    ['digitizer', 'digit'],
    ['feudalism', 'feudal'],
    ['triplicate', 'triplic'],
    ['hopeful', 'hope'],
    ['adjustment', 'adjust'],
    ['adoption', 'adopt'],
    ['controlling', 'control'],
    ['roll', 'roll'],
  ])('%s becomes %s', (word, expected) => {
    expect(stem(word)).toBe(expected);
  });
});

describe('the words of a text', () => {
  it('are what it is about, without the talk around it', () => {
    expect(words("why didn't you switch into the session repo?")).toEqual(['switch', 'session', 'repo']);
    expect(words('Why didnt you switch into the session repo')).toEqual(['switch', 'session', 'repo']);
  });

  it('hold the parts of identifiers', () => {
    const expected = ['pars', 'http', 'respons'];
    expect(words('parseHTTPResponse')).toEqual(expected);
    expect(words('parse_http_response')).toEqual(expected);
    expect(words('parse-http-response')).toEqual(expected);
  });

  it('are none in a text of numbers, links and stop words', () => {
    expect(words('1. see https://example.org/a/b 2 … and then?')).toEqual([]);
    expect(words('')).toEqual([]);
  });
});

describe('plain prose', () => {
  it('leaves out code, quoted lines, logs and shell prompts', () => {
    const text = [
      'this still fails',
      '```ts',
      'const session = open();',
      '```',
      '> I have fixed the test.',
      '❯ bun run test',
      'TypeError: cannot read properties of undefined',
      '    at open (src/session.ts:12:3)',
      'run it yourself first',
    ].join('\r\n');
    expect(plainProse(text)).toBe('this still fails\nrun it yourself first');
  });

  it('ends an unclosed fence with the message', () => {
    expect(plainProse('look:\n```\nlet a = 1')).toBe('look:');
  });
});
