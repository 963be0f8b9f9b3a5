import { describe, expect, it } from 'vitest';
import { redact } from '../../../src/core/capture/redaction/redact';

const reference = '$' + '{';

/** Lines of the kinds that transcripts, prompts and source code have around words for secrets. */
const ordinary: readonly string[] = [
  'password: string',
  'password?: string | undefined;',
  'const token = getToken();',
  'const token = await client.auth.createToken2(user.id);',
  `token: ${reference}{ secrets.GITHUB_TOKEN }}`,
  `Authorization: \`Bearer ${reference}token}\``,
  'apiKey: process.env.API_KEY',
  'api_key = os.environ["API_KEY"]',
  'OPENAI_API_KEY=your_openai_api_key_here',
  'OPENAI_API_KEY=sk-...',
  'API_KEY=<your key>',
  'GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'TOKEN=$TOKEN ./deploy.sh',
  '- Token: ghs_************************************',
  'docker run -u 1000:1000 image',
  'token: "The token that is used 3 times"',
  'use --token to pass one, or --password for short',
  'the tokenizer: it counts tokens: many of them',
  'max_tokens: 4096, total_tokens=128000',
  'git@github.com:ada/shop.git',
  'https://example.com:8080/path',
  'http://localhost:4873/@scope/package',
  'DATABASE_URL=postgresql://user:password@localhost:5432/shop',
  'commit 3f0399d334a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4',
  'Merge the auth fix 3f0399d334a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4 into main',
  'the commits that contain the secrets (`7cd87de`, `caf048e`, `a1fff26`)',
  '"integrity": "sha512-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKlMg=="',
  'Cache restored from key: node-cache-Linux-x64-npm-abb3c4792b476017477a361b65dace4ed3737f88bc7f8a563b86044c1ffafc98',
  '"sessionId":"5ec53ed6-5140-414b-8f69-f26a1655a3f9"',
  'tool_use_id: toolu_01A09q90qw90lq917835lq9',
  'const cacheKey = `user-$' + '{id}-profile-v2`;',
  'readonly STENCIL_PASS_DEPTH_FAIL: 0x0B95;',
  '--mocha-test-pass-color: #007f6a;',
  'tokenResponse: TokenResponseV2,',
  'ACQUIRE_TOKEN_START: "msal:acquireTokenStart",',
  'if (!idToken || !accessToken) {',
  '- Validates `LANGCHAIN_API_KEY`, `LANGCHAIN_TRACING_V2`',
  '--- PASS: TestTruncateTranscriptAtUUID/truncate_at_u2 (0.00s)',
  '- E2E tests pass: `pytest tests/e2e/`',
  '1. **Token Usage**: 538 total tokens (54 input + 484 output)',
  'private_key_path = ~/.ssh/id_ed25519',
  'secret: /run/secrets/db_password2',
  'password = hashlib.sha256(value).hexdigest()',
  'token = r"(?:[a-z]+|\\d{2})"',
  "localStorage.removeItem('token', 'session', 'user2');",
  'The password is base64-encoded, the token is RS256-signed.',
  '[redacted: GitHub token] and [REDACTED-supabase] stay as they are',
];

describe('ordinary lines', () => {
  it.each(ordinary)('stay as they are: %s', (line) => {
    expect(redact(line)).toEqual({ text: line, count: 0 });
  });

  it('keep addresses and home directories unless asked', () => {
    const text = 'Co-Authored-By: Ada <ada@example.com> in /home/ada/shop';
    expect(redact(text).text).toBe(text);
  });
});

describe('personal data', () => {
  const options = { emails: true, homeDirectories: true };

  it.each([
    ['Co-Authored-By: Ada <ada.l+x@mail.example.com>', 'Co-Authored-By: Ada <[redacted: e-mail]>'],
    ['cd /home/ada-l/shop', 'cd /home/[redacted: user name]/shop'],
    ['"cwd":"/Users/ada/shop"', '"cwd":"/Users/[redacted: user name]/shop"'],
    ['A=1\\n/home/ada', 'A=1\\n/home/[redacted: user name]'],
    ['C:\\Users\\ada\\shop', 'C:\\Users\\[redacted: user name]\\shop'],
    ['"C:\\\\Users\\\\ada\\\\shop"', '"C:\\\\Users\\\\[redacted: user name]\\\\shop"'],
    [
      '~/.claude/projects/-Users-ada-shop/a.jsonl',
      '~/.claude/projects/-Users-[redacted: user name]-shop/a.jsonl',
    ],
  ])('goes when asked: %s', (text, expected) => {
    expect(redact(text, options).text).toBe(expected);
  });

  it.each([
    'git@github.com:ada/shop.git',
    'npm install left-pad@1.3.0 @scope/name@2.0.0',
    'logo@2x.png',
    '/home/runner/work and /home/$USER',
    'https://example.com/home/feed',
    'a take-home-test',
  ])('is not seen in %s', (text) => {
    expect(redact(text, options).text).toBe(text);
  });
});
