import * as z from 'zod/mini';
import { jsonInAnswer } from '../../languageModel/jsonAnswer';

const candidateSchema = z.object({
  rule: z.string().check(z.minLength(1), z.maxLength(600)),
  condition: z.nullish(z.string()),
  example: z.nullish(z.string()),
  why: z.nullish(z.string()),
  usesCorrections: z.array(z.string()),
});
export type RawCandidate = z.infer<typeof candidateSchema>;

const envelopeSchema = z.object({
  reflection: z.nullish(z.string()),
  candidates: z.array(z.unknown()).check(z.minLength(1)),
});

const mostCandidates = 5;

/** The same as JSON Schema, for models that can be held to it. */
export const answerSchema: Readonly<Record<string, unknown>> = {
  type: 'object',
  properties: {
    reflection: { type: 'string' },
    candidates: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          rule: { type: 'string' },
          condition: { type: 'string' },
          example: { type: 'string' },
          why: { type: 'string' },
          usesCorrections: { type: 'array', items: { type: 'string' } },
        },
        required: ['rule', 'why', 'usesCorrections'],
        additionalProperties: false,
      },
    },
  },
  required: ['reflection', 'candidates'],
  additionalProperties: false,
};

export type Reading = { readonly candidates: readonly RawCandidate[] } | { readonly problem: string };

/** Reads an answer with patience: candidates that are not of the form are left out, and only an answer without any is a problem. */
export function readAnswer(text: string): Reading {
  const json = jsonInAnswer(text);
  if (json === undefined) return { problem: 'it holds no complete JSON object' };
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) return { problem: 'it has no list "candidates" with something in it' };
  const candidates = envelope.data.candidates
    .map((each) => candidateSchema.safeParse(each))
    .flatMap((each) => (each.success ? [each.data] : []))
    .slice(0, mostCandidates);
  return candidates.length === 0
    ? { problem: 'no candidate has "rule" and "usesCorrections"' }
    : { candidates };
}
