import type { LanguageModel, ModelPrices, ModelRequest } from '../../../src/core/ports';

type Say = string | Error | ((request: ModelRequest) => string);

/** A model of a script: says these in turn, the last again and again, and keeps what it was asked. */
export function fakeModel(script: readonly Say[], prices?: ModelPrices) {
  const asked: ModelRequest[] = [];
  const model: LanguageModel = {
    id: 'test:fake',
    place: 'this test',
    ...(prices === undefined ? {} : { prices }),
    complete: async (request) => {
      const say = script[Math.min(asked.length, script.length - 1)] ?? '';
      asked.push(request);
      if (say instanceof Error) throw say;
      const text = typeof say === 'string' ? say : say(request);
      return { text, usage: { inputTokens: 500, outputTokens: 100, measured: true } };
    },
  };
  return { model, asked };
}
