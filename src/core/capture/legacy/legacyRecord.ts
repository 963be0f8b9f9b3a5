import * as z from 'zod/mini';
import { correctionTypeSchema, severitySchema } from '../../model/common';

// Written by a prototype, and by hand: a field of another shape counts as absent, it never fails the record.
const text = z.catch(z.optional(z.string()), undefined);

/**
 * A correction as the Python prototype wrote it (`CorrectionData` in `claude_pm/services/correction_capture.py` of
 * bobmatnyc/claude-multiagent-pm), as far as it is read. Only what the person said must be there.
 */
const recordSchema = z.object({
  user_correction: z.string(),
  correction_id: text,
  agent_type: text,
  original_response: text,
  correction_type: z.catch(z.optional(correctionTypeSchema), undefined),
  severity: z.catch(z.optional(severitySchema), undefined),
  timestamp: text,
  task_description: text,
  user_feedback: text,
});
export type LegacyRecord = z.infer<typeof recordSchema>;

export function readLegacyRecord(value: unknown): LegacyRecord | undefined {
  const parsed = recordSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** The person's words: the correction, and the feedback where it adds something. */
export function personsWords({ user_correction, user_feedback }: LegacyRecord): string {
  const correction = user_correction.trim();
  const feedback = (user_feedback ?? '').trim();
  const adds = feedback !== '' && !plain(correction).includes(plain(feedback));
  return [correction, ...(adds ? [feedback] : [])].filter((words) => words !== '').join('\n\n');
}

function plain(words: string): string {
  return words.toLowerCase().replace(/\s+/g, ' ');
}
