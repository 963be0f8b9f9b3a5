import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../src/core/errors';
import { addressOf, keyFromEnvironment } from '../../../src/node/models/modelAddress';
import { openModel } from '../../../src/node/models/openModel';
import { startService } from './fakeService';

const question = { system: 'Be brief.', prompt: 'PRIVATE question', maxOutputTokens: 50 };
const environment = { CLAUDE_PM_API_KEY: 'sk-test-secret' };

const code = (expected: ErrorCode) => expect.objectContaining({ name: 'PipelineError', code: expected });

describe.each(['anthropic:some-model', 'openai-compatible:some-model', 'ollama:some-model'])(
  '%s',
  (choice) => {
    const open = (baseUrl: string, timeoutSeconds = 20) =>
      openModel(choice, { baseUrl, environment, timeoutSeconds });

    it('answers, with the tokens that the service counted and their price', async () => {
      const { url, asked } = await startService({ text: 'yes' });
      const model = openModel(choice, { baseUrl: url, environment, prices: { input: 3, output: 15 } });
      const answer = await model.complete(question);
      expect(answer).toEqual({
        text: 'yes',
        usage: { inputTokens: 120, outputTokens: 30, measured: true },
        cost: expect.closeTo(0.00081, 8),
      });
      expect(asked).toHaveLength(1);
      expect(asked[0]?.body).toContain('Be brief.');
      expect(asked[0]?.body).toContain('some-model');
      expect(JSON.stringify(asked[0]?.headers)).toContain('sk-test-secret');
      expect(asked[0]?.body).not.toContain('sk-test-secret');
    });

    it('sends temperature and seed as asked', async () => {
      const { url, asked } = await startService({ text: 'yes' });
      await open(url).complete({ ...question, temperature: 0, seed: 7 });
      expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ temperature: 0 });
    });

    it('waits as long as a busy service asks, then asks again', async () => {
      const { url, asked } = await startService(
        { status: 429, headers: { 'retry-after': '1' }, body: '{}' },
        { text: 'yes' },
      );
      const from = performance.now();
      expect((await open(url).complete(question)).text).toBe('yes');
      expect(performance.now() - from).toBeGreaterThanOrEqual(1000);
      expect(asked).toHaveLength(2);
    });

    it('does not wait for hours', async () => {
      const { url, asked } = await startService({
        status: 429,
        headers: { 'retry-after': '7200' },
        body: '{}',
      });
      await expect(open(url).complete(question)).rejects.toEqual(code('MODEL_FAILED'));
      expect(asked).toHaveLength(1);
    });

    it('tries a failing service several times, then says so without the question', async () => {
      const body = JSON.stringify({ error: { message: 'failed on PRIVATE question' } });
      const { url, asked } = await startService({ status: 500, body });
      const error: unknown = await open(url)
        .complete(question)
        .catch((reason: unknown) => reason);
      expect(error).toEqual(code('MODEL_FAILED'));
      const { message, cause } = error instanceof Error ? error : new Error('none');
      expect(message).not.toContain('PRIVATE');
      expect(cause).toBeUndefined();
      expect(asked).toHaveLength(4);
    });

    it.each([
      { status: 401, expected: 'PERMISSION_DENIED' },
      { status: 403, expected: 'PERMISSION_DENIED' },
      { status: 404, expected: 'NOT_FOUND' },
      { status: 400, expected: 'MODEL_FAILED' },
    ] as const)('asks once only when it is refused with $status', async ({ status, expected }) => {
      const { url, asked } = await startService({ status, body: '{"error":{"message":"no"}}' });
      await expect(open(url).complete(question)).rejects.toEqual(code(expected));
      expect(asked).toHaveLength(1);
    });

    it('tells an answer that is not of the protocol', async () => {
      const { url } = await startService({ body: '<html>not a model</html>' });
      await expect(open(url).complete(question)).rejects.toEqual(code('MODEL_FAILED'));
    });

    it('reads no answer without end', async () => {
      const { url } = await startService({ text: 'x'.repeat(5_000_000) });
      await expect(open(url).complete(question)).rejects.toEqual(code('MODEL_FAILED'));
    });

    it('stops waiting at its time limit', async () => {
      const { url } = await startService({ text: 'late', afterMilliseconds: 5_000 });
      await expect(open(url, 0.3).complete(question)).rejects.toEqual(code('TIMED_OUT'));
    });

    it('stops when it is cancelled', async () => {
      const { url } = await startService({ text: 'late', afterMilliseconds: 5_000 });
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 100);
      const asking = open(url).complete({ ...question, signal: controller.signal });
      await expect(asking).rejects.toEqual(code('CANCELLED'));
    });

    it('follows no redirection, which could take the key elsewhere', async () => {
      const other = await startService({ text: 'stolen' });
      const { url } = await startService({ status: 307, headers: { location: `${other.url}/messages` } });
      await expect(open(url).complete(question)).rejects.toEqual(code('MODEL_FAILED'));
      expect(other.asked).toHaveLength(0);
    });

    it('says when nobody is there', async () => {
      await expect(open('http://127.0.0.1:9/v1').complete(question)).rejects.toEqual(code('MODEL_FAILED'));
    });
  },
);

describe('keys and addresses', () => {
  it.each(['anthropic:x', 'openai-compatible:x'])(
    'needs a key for %s, unless it is on this machine',
    (choice) => {
      expect(() => openModel(choice, { environment: {} })).toThrow(code('PERMISSION_DENIED'));
      expect(openModel(choice, { environment: {}, baseUrl: 'http://localhost:1234/v1' }).id).toBe(choice);
    },
  );

  it('takes the product’s own variable before the provider’s, and no empty one', () => {
    const both = { CLAUDE_PM_API_KEY: 'own', ANTHROPIC_API_KEY: 'usual', OPENAI_API_KEY: 'other' };
    expect(keyFromEnvironment('anthropic', both)).toBe('own');
    expect(keyFromEnvironment('anthropic', { ...both, CLAUDE_PM_API_KEY: '' })).toBe('usual');
    expect(keyFromEnvironment('openai-compatible', { ...both, CLAUDE_PM_API_KEY: '' })).toBe('other');
    expect(keyFromEnvironment('ollama', {})).toBeUndefined();
  });

  it.each(['http://example.com/v1', 'file:///etc/passwd', 'https://user:word@example.com', 'nonsense'])(
    'sends no key to %s',
    (url) => expect(() => addressOf('anthropic', url)).toThrow(code('INVALID_CONFIGURATION')),
  );

  it.each(['nonsense', ':x', 'anthropic:', 'unknown:x', ''])('says that "%s" names no model', (choice) => {
    expect(() => openModel(choice, { environment })).toThrow(code('INVALID_CONFIGURATION'));
  });
});
