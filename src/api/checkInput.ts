import * as z from 'zod/mini';
import { PipelineError } from '../core/errors';
import { signalSchema, sourceNameSchema } from '../core/model/common';
import { templateTypeSchema } from '../core/model/template';
import { describeIssue } from '../node/schemaIssues';

const text = z.string().check(z.minLength(1));
const texts = z.array(text).check(z.minLength(1));
const positive = z.number().check(z.positive());
const aFunction = z.custom((value) => typeof value === 'function');
const signal = z.optional(z.instanceof(AbortSignal));
const followed = { signal, onProgress: z.optional(aFunction) };
const model = {
  /** A name, or something that can be asked. */
  model: z.optional(z.union([text, z.looseObject({ id: text, place: text, complete: aFunction })])),
  baseUrl: z.optional(text),
  modelPrices: z.optional(z.strictObject({ input: z.number(), output: z.number() })),
  maxCost: z.optional(positive),
  maxTokens: z.optional(positive),
};
const run = {
  ...followed,
  ...model,
  config: z.optional(z.looseObject({})),
  skipCapture: z.optional(z.boolean()),
};

/** What each function takes. Strict: a key that is not known would be left out without a word. */
const schemas = {
  openPromptManager: z.strictObject({
    folder: text,
    home: z.optional(text),
    config: z.optional(z.looseObject({})),
    log: z.optional(z.looseObject({ debug: aFunction, info: aFunction, warn: aFunction, error: aFunction })),
    identity: z.optional(text),
    now: z.optional(z.date()),
    seed: z.optional(z.int().check(z.nonnegative())),
  }),
  runFullPipeline: z.strictObject({ ...run, agentTypes: z.optional(texts) }),
  runTargetedImprovement: z.strictObject({ ...run, agentType: text, specificPatterns: z.optional(texts) }),
  resumeRun: z.strictObject({ ...followed, ...model }),
  createTemplate: z.strictObject({
    templateId: text,
    templateType: templateTypeSchema,
    agentType: text,
    content: z.union([z.string(), z.instanceof(Uint8Array)]),
  }),
  deployTemplate: z.strictObject({
    templateId: text,
    version: z.optional(text),
    targetAgents: z.optional(texts),
    targets: z.optional(texts),
    override: z.optional(text),
    reason: z.optional(text),
  }),
  rollbackTemplate: z.strictObject({ templateId: text, to: z.optional(text), reason: text }),
  comparePrompts: z.strictObject({
    ...followed,
    ...model,
    a: text,
    b: text,
    agentType: z.optional(text),
    scenarios: z.optional(z.array(z.unknown())),
    repeats: z.optional(z.int().check(z.minimum(1))),
  }),
  runQuickValidation: z.strictObject({ signal, agentType: text, prompt: text }),
  monitorPipelineHealth: z.strictObject({
    signal,
    checks: z.optional(texts),
    model: z.optional(text),
    baseUrl: z.optional(text),
  }),
  importCorrections: z.strictObject({
    ...followed,
    source: z.optional(sourceNameSchema),
    path: z.optional(text),
  }),
  listCorrections: z.strictObject({
    agentType: z.optional(text),
    days: z.optional(positive),
    signal: z.optional(signalSchema),
  }),
  analyzePatterns: z.strictObject({ signal, agentTypes: z.optional(texts), days: z.optional(positive) }),
  acceptImprovement: z.strictObject({ improvementId: text, hunkIds: z.optional(texts) }),
  rejectImprovement: z.strictObject({
    improvementId: text,
    hunkIds: z.optional(texts),
    reason: z.optional(text),
  }),
  templateHistory: z.strictObject({ templateId: text }),
} as const;

/** For callers whose language does not check types. @throws PipelineError INVALID_INPUT, naming the key */
export function checkInput(name: keyof typeof schemas, input: object): void {
  const schema = schemas[name];
  const checked = z.safeParse(schema, input);
  if (checked.success) return;
  const [issue] = checked.error.issues;
  const key = issue?.path.join('.') ?? '';
  throw new PipelineError('INVALID_INPUT', `${name}: ${describeIssue(issue)}.`, {
    subject: key === '' ? name : `${name}.${key}`,
    remedy: `Correct it; nothing was done. It takes ${Object.keys(schema.shape).join(', ')}.`,
  });
}
