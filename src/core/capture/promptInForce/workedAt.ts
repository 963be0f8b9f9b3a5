import type { Correction } from '../../model/correction';

/** When the agent did what was corrected. ISO time. Lines that a person rewrote were written under the prompt of an earlier time. */
export function workedAt({ signal, context, timestamp }: Correction): string {
  const editedAt = signal === 'post-edit' ? context?.['editedAt'] : undefined;
  return typeof editedAt === 'string' ? editedAt : timestamp;
}
