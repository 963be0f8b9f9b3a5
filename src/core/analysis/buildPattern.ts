import { schemaVersion } from '../model/common';
import type { Pattern, Trend } from '../model/pattern';
import type { PromptDocument } from '../prompt/promptDocument';
import type { Confidence } from './confidence';
import type { CorrectionGroup } from './correctionGroups';
import { coverageOf } from './coverage';
import { exemplarsOf, severityWeight, termsOf, titleOf, usualSeverity, usualType } from './describeGroup';
import type { Exposure } from './weeklySeries';

/** What the corrections of one agent have in common. */
export interface AgentContext {
  readonly exposure: Exposure;
  /** Sessions within the window in which the agent could have been corrected. */
  readonly exposedSessions: number;
  /** In how many of the agent's `documents` corrections each word stands. */
  readonly frequencies: ReadonlyMap<string, number>;
  readonly documents: number;
  readonly prompt: PromptDocument | undefined;
}

export function buildPattern(
  patternId: string,
  group: CorrectionGroup,
  { confidence, recurrence, coherence }: Confidence,
  trend: Trend,
  context: AgentContext,
): Pattern {
  const { members, sessions, typicalFirst } = group;
  const severity = usualSeverity(members);
  const title = titleOf(typicalFirst);
  const exemplars = exemplarsOf(typicalFirst);
  const terms = termsOf(members, context.frequencies, context.documents);
  const days = new Set(members.map((member) => new Date(member.timestamp).toISOString().slice(0, 10)));
  return {
    schemaVersion,
    patternId,
    title,
    agentType: group.agentType,
    correctionType: usualType(members),
    severity,
    support: { corrections: members.length, sessions, days: days.size },
    impact: (severityWeight[severity] * sessions) / Math.max(sessions, context.exposedSessions),
    confidence,
    confidenceParts: { recurrence, coherence },
    trend,
    coverage: coverageOf(
      exemplars.map(({ text }) => text),
      context.prompt,
    ),
    exemplars,
    memberIds: members.map((member) => member.correctionId),
    terms,
    firstSeen: members[0]?.timestamp ?? '',
    lastSeen: members.at(-1)?.timestamp ?? '',
  };
}
