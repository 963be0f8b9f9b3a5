import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Redaction, redact } from '../../../src/core/capture/redact';

const letters = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789';

describe('redaction', () => {
  it.each([
    ['Anthropic key', `sk-ant-api03-${letters}`],
    ['API key', `sk-proj-${letters}`],
    ['GitHub token', `ghp_${letters}`],
    ['GitHub token', `github_pat_${letters}`],
    ['GitLab token', `glpat-${letters}`],
    ['Slack token', 'xoxb-123456789012-abcdefABCDEF'],
    ['AWS key id', 'AKIAIOSFODNN7EXAMPLE'],
    ['Google key', `AIza${letters.slice(0, 35)}`],
    ['npm token', `npm_${letters}`],
    ['Stripe key', `sk_live_${letters}`],
    ['JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N'],
  ])('takes out a %s', (kind, secret) => {
    expect(redact(`use ${secret}, please`)).toEqual({ text: `use [redacted: ${kind}], please`, count: 1 });
  });

  it('takes out a private key, also one whose end was cut off', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n4f5wg5l2hKsTeNem';
    expect(redact(`${key}\n-----END RSA PRIVATE KEY-----\nthanks`).text).toBe(
      '[redacted: private key]\nthanks',
    );
    expect(redact(key).text).toBe('[redacted: private key]');
  });

  it.each([
    ['password=hunter2', 'password=[redacted: secret value]'],
    ['"api_key": "a1b2c3d4e5"', '"api_key": [redacted: secret value]'],
    ['DB_PASSWORD=s3cret!pass npm start', 'DB_PASSWORD=[redacted: secret value] npm start'],
    ['token: 9f8e7d6c5b4a', 'token: [redacted: secret value]'],
    [
      'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'AWS_SECRET_ACCESS_KEY=[redacted: secret value]',
    ],
    ['postgres://ada:s3cret@db.local/shop', 'postgres://[redacted: URL credentials]@db.local/shop'],
    ['Authorization: Bearer abcdef0123456789abcdef', 'Authorization: Bearer [redacted: bearer token]'],
    ['{\\"password\\":\\"s3cretPass99\\"}', '{\\"password\\":[redacted: secret value]}'],
    ['deploy --token abcd1234efgh5678 now', 'deploy --token [redacted: command line secret] now'],
    ['curl -u admin:s3cretPass93 host', 'curl -u [redacted: command line secret] host'],
    ['mysql -h db -ps3cretPass95 shop', 'mysql -h db -p[redacted: command line secret] shop'],
    ['password=correcthorsebattery', 'password=[redacted: password]'],
    ['secret_key: "p4$$w0rd with space"', 'secret_key: [redacted: secret value]'],
  ])('takes the secret out of %s', (text, expected) => {
    expect(redact(text).text).toBe(expected);
  });

  it.each([
    'password: string',
    'const token = getToken();',
    'token: $' + '{{ secrets.GITHUB_TOKEN }}',
    'apiKey: process.env.API_KEY',
    'docker run -u 1000:1000 image',
    'token: "The token that is used 3 times"',
    'use --token to pass one, or --password for short',
    'the tokenizer: it counts tokens: many of them',
    'git@github.com:ada/shop.git',
    'https://example.com:8080/path',
    'commit 3f0399d334a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4',
  ])('leaves alone what only looks like one: %s', (text) => {
    expect(redact(text)).toEqual({ text, count: 0 });
  });

  it('changes nothing the second time', () => {
    const piece = fc.constantFrom(
      `sk-ant-${letters}`,
      'password=',
      'hunter2!',
      'token: "',
      'https://a:b@c',
      'Bearer ',
      'eyJhbGciOi.',
      '"',
      ' ',
      '\n',
      '-----BEGIN PRIVATE KEY-----',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), (pieces) => {
        const once = redact(pieces.join('')).text;
        expect(redact(once)).toEqual({ text: once, count: 0 });
      }),
      { numRuns: 500 },
    );
  });

  it('takes linear time on texts made to make patterns go back', () => {
    const nasty = [
      'a',
      '-',
      'eyJ',
      'eyJ-',
      'sk-',
      'password',
      'token_',
      'https://',
      '://a:',
      '-----BEGIN A PRIVATE KEY-----',
      'Bearer ',
      '.',
      '=',
      '"',
    ];
    for (const piece of nasty) {
      const short = timeOf(piece, 20_000);
      const long = timeOf(piece, 200_000);
      // Ten times the text: quadratic time would be a hundred times as long. The floor keeps out the clock's own noise.
      expect(long, piece).toBeLessThan(Math.max(short, 15) * 40);
    }
  });

  it('leaves no half of a secret where a text is cut', () => {
    const redaction = new Redaction();
    const secret = `ghp_${letters}`;
    for (let limit = 1; limit < 60; limit++) {
      expect(redaction.excerpt(`key ${secret} and much more text behind it, and more`, limit)).not.toContain(
        'ghp_',
      );
      expect(redaction.excerpt(`much more text before it, and more: ${secret}`, limit, 'tail')).not.toMatch(
        /[x-z]0123/,
      );
    }
  });

  it('reaches strings anywhere in a value', () => {
    const redaction = new Redaction();
    expect(redaction.value({ a: ['password=hunter2', 1], b: { c: null } })).toEqual({
      a: ['password=[redacted: secret value]', 1],
      b: { c: null },
    });
    expect(redaction.count).toBe(1);
  });
});

function timeOf(piece: string, length: number): number {
  const text = piece.repeat(Math.ceil(length / piece.length));
  const started = performance.now();
  redact(text);
  return performance.now() - started;
}
