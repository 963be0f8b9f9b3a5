import type { Correction } from '../model/correction';
import type { Hash } from '../ports';
import { mapAgentName } from './agentName';
import { promptOfAgent } from './claudeCodePrompts';
import { capturedId } from './correctionId';
import { correctionTypeOf, severityOf } from './correctionKind';
import type { SessionTrace } from './correctionSource';
import type { CorrectionDraft } from './detectCorrections';
import { Redaction } from './redact';
import { isStandingInstruction } from './standingInstruction';

/** Characters kept of each text of a stored correction. */
export const textLimits = { words: 8000, agentText: 1200, toolExcerpt: 800, edit: 4000, task: 600 } as const;

/** The stored record of a draft: names mapped, texts cut to their limits, secrets taken out. */
export function toCorrection(
  draft: CorrectionDraft,
  trace: SessionTrace,
  agentNames: Readonly<Record<string, string>>,
  hash: Hash,
): Correction {
  const redaction = new Redaction();
  const userCorrection = redaction.excerpt(draft.words.trim(), textLimits.words);
  const record = {
    schemaVersion: 1 as const,
    correctionId: capturedId(draft, trace, hash),
    source: trace.source,
    signal: draft.signal,
    agentType: mapAgentName(draft.agentType, agentNames),
    sessionId: trace.sessionId,
    timestamp: draft.at,
    correctionType: correctionTypeOf(userCorrection, draft.signal),
    severity: severityOf(userCorrection, draft.signal),
    userCorrection,
    originalResponse: originalResponse(draft, redaction),
    ...optionalParts(draft, trace, redaction, hash),
    likelihood: draft.likelihood,
    standingInstruction: isStandingInstruction(userCorrection),
    evidence: { path: trace.path, line: draft.line },
  };
  return { ...record, redactions: redaction.count };
}

/** The end of what the agent said, and the tool use that was stopped. */
function originalResponse({ agentText, tool }: CorrectionDraft, redaction: Redaction): string {
  const said = redaction.excerpt(agentText.trim(), textLimits.agentText, 'tail');
  if (!tool) return said;
  const heading = redaction.text(tool.file === undefined ? tool.name : `${tool.name} ${tool.file}`);
  const did = `[${heading}] ${redaction.excerpt(tool.excerpt.trim(), textLimits.toolExcerpt)}`.trim();
  return said === '' ? did : `${said}\n\n${did}`;
}

function optionalParts(
  draft: CorrectionDraft,
  trace: SessionTrace,
  redaction: Redaction,
  hash: Hash,
): Pick<Correction, 'tool' | 'edit' | 'taskDescription' | 'promptInForce'> {
  const { tool, edit, taskDescription } = draft;
  const prompt = promptOfAgent(trace.promptsInForce, draft.agentType);
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
      promptInForce: {
        path: prompt.path,
        ...(prompt.text !== undefined && { contentHash: hash.sha256(prompt.text) }),
      },
    }),
  };
}
