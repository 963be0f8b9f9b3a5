import * as z from 'zod/mini';
import type { Cache, Hash, ModelRequest } from '../ports';

/** Area of the cache that answers are kept in. */
export const modelArea = 'model';

const keptSchema = z.object({ text: z.string() });

/**
 * Answers by the content of their question: model, texts, schema, temperature and seed. Without a cache it keeps none.
 */
export class AnswerCache {
  constructor(
    /** Names the model and where it is reached: two places may call different models the same. */
    private readonly modelId: string,
    private readonly hash: Hash,
    private readonly cache: Cache | undefined,
  ) {}

  /** The same question has the same key. */
  key({ system, prompt, maxOutputTokens, schema, temperature, seed }: ModelRequest): string {
    const question = [this.modelId, system, prompt, maxOutputTokens, schema, temperature, seed];
    return this.hash.sha256(JSON.stringify(question.map((part) => part ?? null)));
  }

  async read(request: ModelRequest): Promise<string | undefined> {
    const kept = await this.cache?.read(modelArea, this.key(request));
    const parsed = keptSchema.safeParse(kept);
    return parsed.success ? parsed.data.text : undefined;
  }

  /** `text` holds no secrets: it is redacted as what it was made from. */
  async write(request: ModelRequest, text: string): Promise<void> {
    await this.cache?.write(modelArea, this.key(request), { text });
  }
}
