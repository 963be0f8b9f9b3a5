import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../src/core/capture/redaction/redact';

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

  it.each([
    ['password=hunter2', 'password=[redacted: secret value]'],
    ['"api_key": "a1b2c3d4e5"', '"api_key": "[redacted: secret value]"'],
    ['DB_PASSWORD=s3cret!pass npm start', 'DB_PASSWORD=[redacted: secret value] npm start'],
    ['token: 9f8e7d6c5b4a', 'token: [redacted: secret value]'],
    [
      'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'AWS_SECRET_ACCESS_KEY=[redacted: secret value]',
    ],
    ['postgres://ada:s3cret@db.local/shop', 'postgres://[redacted: URL credentials]@db.local/shop'],
    ['Authorization: Bearer abcdef0123456789abcdef', 'Authorization: Bearer [redacted: bearer token]'],
    ['{\\"password\\":\\"s3cretPass99\\"}', '{\\"password\\":\\"[redacted: secret value]\\"}'],
    ['deploy --token abcd1234efgh5678 now', 'deploy --token [redacted: command line secret] now'],
    ['curl -u admin:s3cretPass93 host', 'curl -u [redacted: command line secret] host'],
    ['mysql -h db -ps3cretPass95 shop', 'mysql -h db -p[redacted: command line secret] shop'],
    ['password=correcthorsebattery', 'password=[redacted: secret value]'],
    ['secret_key: "p4$$w0rd with space"', 'secret_key: "[redacted: secret value]"'],
    ['the password for staging is Tr0ub4dor&3.', 'the password for staging is [redacted: secret value].'],
    ['passphrase: "correct horse battery staple"', 'passphrase: "[redacted: secret value]"'],
    ['signature = q7Xv2LmB9sKd4RtY8nWz', 'signature = [redacted: entropy]'],
  ])('takes the secret out of %s', (text, expected) => {
    expect(redact(text).text).toBe(expected);
  });

  it.each([
    [
      'account key',
      `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${letters}${letters}==;EndpointSuffix=a`,
    ],
    ['shared access signature', `https://shop.blob.example/a?sv=2024&sig=${letters}%3D&se=2026-01-01`],
    ['webhook', `https://discord.com/api/webhooks/123456789012345678/${letters}${letters}`],
    ['cookie', `Cookie: theme=dark; session_token=${letters}; lang=en`],
    ['registry password', `//registry.example.com/:_authToken=${letters}`],
  ])('takes out a %s', (_, text) => {
    expect(redact(text).text).not.toContain(letters.slice(0, 20));
  });

  it('changes nothing the second time', () => {
    const piece = fc.constantFrom(
      `sk-ant-${letters}`,
      `ghp_${letters}`,
      'password=',
      'password is ',
      'hunter2!',
      'token: "',
      'key: ',
      letters,
      'https://a:b@c',
      'Bearer ',
      'eyJhbGciOi.',
      ' as the api key',
      'ada@example.com',
      '/home/ada/',
      '[redacted: API key]',
      '[redacted: ',
      '"',
      "'",
      '=',
      ' ',
      '\n',
      '\\n',
      '-----BEGIN PRIVATE KEY-----',
    );
    const options = { emails: true, homeDirectories: true };
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), (pieces) => {
        const once = redact(pieces.join(''), options).text;
        expect(redact(once, options)).toEqual({ text: once, count: 0 });
      }),
      { numRuns: 2000 },
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
      'password ',
      'token_',
      'token is ',
      'token a1B2c3D4e5F6g7H8 ',
      'key=',
      'https://',
      '://a:',
      'sql://a:/',
      '-----BEGIN A PRIVATE KEY-----',
      'Bearer ',
      'mysql -p',
      '--token ',
      'a@a.',
      '\\n',
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
});

describe('redaction of long values', () => {
  it.each(['A', 'Aa', 'aA1', '1', 'a.', 'a_', 'a1_', '/a', '-', 'A1b2', '%s', '#'])(
    'is quick for %s',
    (piece) => {
      for (const wrap of [
        'token="|!"',
        'token=|(',
        'password is |!',
        'key: |==\n',
        '"secret", "|"',
        'use |! as the key',
        '://|@',
      ])
        expect(timeOf(wrap.replace('|', piece.repeat(3990 / piece.length)), 0), wrap).toBeLessThan(200);
    },
  );
});

describe('redaction of private keys', () => {
  const lines = [`MIIEpAIBAAKCAQEA${letters}`, `4f5wg5l2hKsTeNem${letters}`, 'Zm9vYmFy'];
  const armour = (kind: string, end: string): string =>
    `-----BEGIN ${kind}-----${end}${lines.join(end)}${end}-----END ${kind}-----`;

  it.each([
    ['as it is', armour('RSA PRIVATE KEY', '\n')],
    ['of OpenSSH', armour('OPENSSH PRIVATE KEY', '\r\n')],
    ['in a JSON string', armour('PRIVATE KEY', '\\n')],
    ['in JSON within JSON', armour('PRIVATE KEY', '\\\\n')],
    ['indented', armour('EC PRIVATE KEY', '\n      ')],
    ['in a diff', armour('EC PRIVATE KEY', '\n+')],
    ['in a numbered listing', armour('EC PRIVATE KEY', '\n    12→')],
    ['in strings of code', armour('EC PRIVATE KEY', '\\n" +\n  "')],
    [
      'encrypted',
      armour('RSA PRIVATE KEY', '\n').replace(
        '\n',
        '\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,AB12\n\n',
      ),
    ],
    ['of PGP', armour('PGP PRIVATE KEY BLOCK', '\n').replace('\n', '\nVersion: GnuPG v2\n\n')],
  ])('takes one out %s', (_, key) => {
    expect(redact(`before ${key} after`).text).toBe('before [redacted: private key] after');
  });

  it('takes one out whose end was cut off', () => {
    expect(redact('-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n4f5wg5l2hKsTeNem').text).toBe(
      '[redacted: private key]',
    );
    expect(redact(`-----BEGIN PRIVATE KEY-----\n${lines[0]}\n4f5w`).text).toBe('[redacted: private key]');
  });

  it('takes one out of the file of a service account', () => {
    const account = JSON.stringify({
      type: 'service_account',
      private_key: armour('PRIVATE KEY', '\n'),
      id: 1,
    });
    expect(JSON.parse(redact(account).text)).toMatchObject({ private_key: '[redacted: private key]', id: 1 });
  });

  it('leaves the mention of one, and a public key', () => {
    for (const text of [
      'The file must begin with -----BEGIN PRIVATE KEY----- and end with -----END PRIVATE KEY-----, on lines of their own.',
      "if (text.includes('-----BEGIN RSA PRIVATE KEY-----')) return pem;",
      armour('PUBLIC KEY', '\n'),
    ])
      expect(redact(text).text).toBe(text);
  });
});

function timeOf(piece: string, length: number): number {
  const text = piece.repeat(Math.max(1, Math.ceil(length / piece.length)));
  const started = performance.now();
  redact(text);
  return performance.now() - started;
}
