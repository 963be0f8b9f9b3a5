import { createServer, type IncomingMessage } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { probeOf } from '../../../src/node/models/probeModel';

/** A service that answers once and again with this. */
async function service(status: number, body: string): Promise<{ url: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/v1`, asked };
}

const list = JSON.stringify({ data: [{ id: 'one' }, { id: 'two:latest' }, { id: 'three-20260101' }] });

describe('a model is asked for without a token', () => {
  it.each([
    ['one', 'reachable'],
    ['two', 'reachable'],
    ['three', 'reachable'],
    ['four', 'not-listed'],
  ])('by the list of its service: %s is %s', async (name, state) => {
    const { url, asked } = await service(200, list);
    expect(await probeOf(`openai-compatible:${name}`, { baseUrl: url, key: 'k' }).probe()).toMatchObject({
      state,
    });
    expect(asked.map(({ method, url: path }) => `${method} ${path}`)).toEqual(['GET /v1/models']);
    expect(asked[0]?.headers.authorization).toBe('Bearer k');
  });

  it('with the headers that Anthropic wants', async () => {
    const { url, asked } = await service(200, list);
    await probeOf('anthropic:one', { baseUrl: url, key: 'k' }).probe();
    expect(asked[0]?.headers).toMatchObject({ 'x-api-key': 'k', 'anthropic-version': expect.any(String) });
  });

  it.each([
    [401, 'PERMISSION_DENIED'],
    [403, 'PERMISSION_DENIED'],
    [500, 'MODEL_FAILED'],
  ])('and a service that answers %i is %s', async (status, code) => {
    const { url } = await service(status, '{}');
    await expect(probeOf('ollama:one', { baseUrl: url }).probe()).rejects.toMatchObject({ code });
  });

  it.each([
    [404, '{}'],
    [200, '{"models": []}'],
  ])('and is not probed where there is no list: %i %s', async (status, body) => {
    const { url } = await service(status, body);
    expect(await probeOf('ollama:one', { baseUrl: url }).probe()).toMatchObject({ state: 'not-probed' });
  });

  it('and a service that is not there, or speaks no JSON, cannot be reached', async () => {
    const { url } = await service(200, '<html>');
    await expect(probeOf('ollama:one', { baseUrl: url }).probe()).rejects.toMatchObject({
      code: 'MODEL_FAILED',
    });
    await expect(probeOf('ollama:one', { baseUrl: 'http://127.0.0.1:1/v1' }).probe()).rejects.toMatchObject({
      code: 'MODEL_FAILED',
    });
  });

  it('and a program is not run', async () => {
    expect(await probeOf('command:touch /tmp/never', {}).probe()).toMatchObject({ state: 'not-probed' });
  });
});
