import type { Correction } from '../model/correction';
import { mapAgentName } from './agentName';
import { promptOfAgent } from './claudeCode/claudeCodePrompts';
import type { CorrectionDraft } from './correctionDraft';
import { capturedId } from './correctionId';
import { correctionKind } from './correctionKind';
import type { LoadedPrompt, SessionTrace } from './correctionSource';
import type { GatheringContext } from './fileGathering';
import { isReusable } from './message/reusable';
import { isStandingInstruction } from './message/standingInstruction';
import { Redaction } from './redaction/redact';
import { promptOfTwin, type Twin } from './twins';

/** Characters kept of each text of a stored correction; `remembered`: of one that a later piece of the transcript may need. */
export const textLimits = {
  words: 8000,
  agentText: 1200,
  toolExcerpt: 800,
  edit: 4000,
  task: 600,
  remembered: 6200,
} as const;

const givenReason = 'given with the correction';

/** The stored record of a draft: names mapped, texts cut to their limits, secrets taken out. */
export function toCorrection(
  draft: CorrectionDraft,
  trace: Pick<SessionTrace, 'source' | 'sessionId' | 'agentType' | 'path' | 'promptsInForce'>,
  { agentNames, twins, hash, redaction: options }: GatheringContext,
): Correction {
  const redaction = new Redaction(options);
  const userCorrection = redaction.excerpt(draft.words.trim(), textLimits.words);
  const kind = correctionKind(userCorrection, draft.signal);
  const record = {
    schemaVersion: 1 as const,
    correctionId: capturedId(draft, trace, hash),
    source: trace.source,
    signal: draft.signal,
    agentType: mapAgentName(draft.agentType, agentNames),
    sessionId: trace.sessionId,
    timestamp: draft.at,
    correctionType: draft.given?.correctionType ?? kind.type,
    severity: draft.given?.severity ?? kind.severity,
    reasons: {
      correctionType: draft.given?.correctionType ? givenReason : kind.typeReason,
      severity: draft.given?.severity ? givenReason : kind.severityReason,
      ...(draft.because && draft.because.length > 0 && { likelihood: because(draft.because, redaction) }),
    },
    userCorrection,
    originalResponse: originalResponse(draft, redaction),
    ...optionalParts(draft, trace.promptsInForce, redaction),
    ...twinsPrompt(draft, trace.promptsInForce, twins),
    likelihood: draft.likelihood,
    ...(draft.judgedBy && { judgedBy: draft.judgedBy }),
    standingInstruction: isStandingInstruction(userCorrection),
    reusable: isReusable(userCorrection),
    evidence: { path: trace.path, line: draft.line },
  };
  return { ...record, redactions: redaction.count };
}

function because(parts: readonly string[], redaction: Redaction): string {
  return parts.map((part) => redaction.text(part)).join('; ');
}

/** The end of what the agent said, and the tool use that was stopped. */
function originalResponse({ agentText, tool }: CorrectionDraft, redaction: Redaction): string {
  const said = redaction.excerpt(agentText.trim(), textLimits.agentText, 'tail');
  if (!tool) return said;
  const heading = redaction.text(tool.file === undefined ? tool.name : `${tool.name} ${tool.file}`);
  const did = `[${heading}] ${redaction.excerpt(tool.excerpt.trim(), textLimits.toolExcerpt)}`.trim();
  return said === '' ? did : `${said}\n\n${did}`;
}

/** Of a twin, whose prompt no deployment and no history of the original's file tells; where the transcript does, that holds. */
function twinsPrompt(
  { agentType, at }: CorrectionDraft,
  told: readonly LoadedPrompt[],
  twins: readonly Twin[],
): Pick<Correction, 'promptInForce'> {
  const prompt = promptOfTwin(twins, agentType, at);
  if (prompt === undefined) return {};
  const loaded = promptOfAgent(told, agentType);
  if (loaded?.contentHash !== undefined && loaded.contentHash !== prompt.contentHash) return {};
  return { promptInForce: prompt };
}

function optionalParts(
  draft: CorrectionDraft,
  promptsInForce: readonly LoadedPrompt[],
  redaction: Redaction,
): Pick<Correction, 'tool' | 'edit' | 'taskDescription' | 'promptInForce'> {
  const { tool, edit, taskDescription } = draft;
  const prompt = promptOfAgent(promptsInForce, draft.agentType);
  return {
    ...(tool && {
      tool: { name: tool.name, ...(tool.file !== undefined && { file: redaction.text(tool.file) }) },
    }),
    ...(edit && {
      edit: {
        file: redaction.text(edit.file),
        before: redaction.excerpt(edit.before, textLimits.edit),
        after: redaction.excerpt(edit.after, textLimits.edit),
      },
    }),
    ...(taskDescription !== undefined && {
      taskDescription: redaction.excerpt(taskDescription.trim(), textLimits.task),
    }),
    ...(prompt && {
      promptInForce: { path: prompt.path, contentHash: prompt.contentHash, basis: 'transcript' },
    }),
  };
}
