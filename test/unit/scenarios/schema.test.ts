import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { suiteSchema } from '../../../src/core/scenarios/scenarioSuite';

const path = join(import.meta.dirname, '../../../media/schemas/scenarios.schema.json');

describe('the published schema of scenarios', () => {
  it('is that of the code', async () => {
    const made = { title: 'Scenarios of Claude PM Prompts', ...z.toJSONSchema(suiteSchema) };
    await expect(`${JSON.stringify(made, undefined, 2)}\n`).toMatchFileSnapshot(path);
  });
});
