import { isPipelineError, PipelineError } from '../errors';
import type { Deployment } from '../model/template';
import type { TemplateContext } from '../templates/templateRecords';
import { messageOf } from '../transaction/takeBack';
import type { Rollout } from './rollOut';

/** What was asked for could not be meant: nothing was begun. */
const misuse: ReadonlySet<string> = new Set(['INVALID_INPUT', 'NOT_FOUND', 'ILLEGAL_STATE']);

/** Runs a step and notes in the audit that it failed, or was refused; its error goes on. */
export async function recordFailure<T>(
  { ports }: TemplateContext,
  action: 'template.deploy-failed' | 'template.rollback-failed',
  subject: string,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const code = isPipelineError(error) ? error.code : 'UNEXPECTED';
    if (misuse.has(code)) throw error;
    const about = isPipelineError(error) ? error.subject : subject;
    const noted = code === 'REFUSED_BY_GATE' ? 'template.deploy-refused' : action;
    await ports.audit.record(noted, subject, { code, about }).catch((failure: unknown) => {
      // A full disk takes no note of its own failure; the error itself goes to the caller.
      ports.log.warn(`The failure could not be noted in the audit log: ${messageOf(failure)}`);
    });
    throw error;
  }
}

/** @throws PipelineError ILLEGAL_STATE for a step that wrote nothing and knows of no deployment */
export function firstOf({ deployments: [first] }: Rollout, templateId: string): Deployment {
  if (first) return first;
  throw new PipelineError('ILLEGAL_STATE', `"${templateId}" has no deployment.`, {
    subject: templateId,
    remedy: 'Initialize, which records what stands in its file; nothing was written.',
  });
}
