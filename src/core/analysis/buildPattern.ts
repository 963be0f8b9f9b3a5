import { schemaVersion } from '../model/common';
import type { Lineage, Pattern, Trend } from '../model/pattern';
import type { PromptDocument } from '../prompt/promptDocument';
import type { Confidence } from './confidence';
import type { CorrectionGroup } from './correctionGroups';
import type { CorrectionTable } from './correctionTable';
import { coverageOf } from './coverage';
import { severityWeight, termsOf } from './describeGroup';
import { dimensionsOf, usualSeverity, usualType } from './dimensions';
import type { Exposure } from './weeklySeries';
import type { Wording } from './wordings';

const dayMs = 86_400_000;

/** What the corrections of one agent have in common. */
export interface AgentContext {
  readonly exposure: Exposure;
  /** Sessions within the window in which the agent could have been corrected. */
  readonly exposedSessions: number;
  readonly prompt: PromptDocument | undefined;
}

export interface PatternParts {
  readonly patternId: string;
  readonly group: CorrectionGroup;
  readonly wording: Wording;
  readonly confidence: Confidence;
  readonly trend: Trend;
  readonly lineage: readonly Lineage[];
  readonly context: AgentContext;
}

/** @param frequencies in how many corrections each word stands, see `wordFrequencies` */
export function buildPattern(table: CorrectionTable, frequencies: Int32Array, parts: PatternParts): Pattern {
  const { patternId, group, wording, confidence, trend, lineage, context } = parts;
  const { members, sessions } = group;
  const dimensions = dimensionsOf(table, members);
  const severity = usualSeverity(dimensions);
  const exposedSessions = Math.max(sessions, context.exposedSessions);
  const isoTime = (row: number | undefined): string => new Date(table.time(row ?? 0)).toISOString();
  return {
    schemaVersion,
    patternId,
    title: wording.title,
    agentType: group.agentType,
    correctionType: usualType(dimensions),
    severity,
    support: {
      corrections: members.length,
      sessions,
      days: new Set(members.map((row) => Math.floor(table.time(row) / dayMs))).size,
    },
    impact: (severityWeight[severity] * sessions) / exposedSessions,
    impactParts: { severityWeight: severityWeight[severity], sessions, exposedSessions },
    confidence: confidence.confidence,
    confidenceParts: { recurrence: confidence.recurrence, coherence: confidence.coherence },
    trend,
    coverage: coverageOf(
      wording.exemplars.map(({ text }) => text),
      context.prompt,
    ),
    exemplars: [...wording.exemplars],
    memberIds: members.map((row) => table.id(row)),
    terms: termsOf(table, members, frequencies),
    dimensions,
    lineage: [...lineage],
    firstSeen: isoTime(members[0]),
    lastSeen: isoTime(members.at(-1)),
  };
}
