import type { Strategy } from '../../../src/core/model/common';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import type { Hunk, Improvement } from '../../../src/core/model/improvement';
import { ImprovementReview } from '../../../src/core/review/improvementReview';
import { PromptTemplateManager } from '../../../src/core/templates/promptTemplateManager';
import { strongestStrategy } from '../../../src/core/templates/versionNumbers';
import { hash, type MemoryPorts, memoryPorts } from './memoryPorts';

export interface Workbench extends MemoryPorts {
  readonly templates: PromptTemplateManager;
  readonly review: ImprovementReview;
}

/** Templates and review over prompt files in memory. */
export function workbench(files: Readonly<Record<string, string | Uint8Array>> = {}): Workbench {
  const ports = memoryPorts({ files });
  const templates = new PromptTemplateManager(ports, defaultConfiguration, 'ada');
  return { ...ports, templates, review: new ImprovementReview(ports, defaultConfiguration, templates) };
}

/** A pending hunk on lines from 0: `before` is replaced by `after`. */
export function hunk(
  hunkId: string,
  startLine: number,
  before: string,
  after: string,
  more: Partial<Hunk> = {},
): Hunk {
  return {
    hunkId,
    strategy: 'additive',
    section: 'Rules',
    startLine,
    before,
    after,
    reason: 'It recurs.',
    patternIds: [`p-${hunkId}`],
    evidence: [
      { correctionId: `c-${hunkId}`, sessionId: 's1', excerpt: 'no', source: { path: 's1.jsonl', line: 1 } },
    ],
    confidence: 0.9,
    tokenDelta: Math.round((after.length - before.length) / 4),
    decision: 'pending',
    ...more,
  };
}

/** Stores a proposed improvement of a template's deployed version. */
export async function propose(
  { templates, store, clock }: Workbench,
  templateId: string,
  hunks: readonly Hunk[],
  more: Partial<Improvement> = {},
): Promise<Improvement> {
  const template = await templates.get(templateId);
  const baseVersion = template.deployedVersion ?? template.currentVersion;
  const { bytes } = await templates.versionText(templateId, baseVersion);
  const strategies: readonly Strategy[] = hunks.map((each) => each.strategy);
  const improvement: Improvement = {
    schemaVersion: 1,
    improvementId: 'imp-1',
    status: 'proposed',
    templateId,
    agentType: template.agentType,
    baseVersion,
    baseHash: hash.sha256(bytes),
    strategy: strongestStrategy(strategies) ?? 'additive',
    confidence: 0.9,
    confidenceParts: { evidence: 0.9, clarity: 0.9 },
    hunks: [...hunks],
    createdAt: clock.now().toISOString(),
    ...more,
  };
  await store.put('improvements', improvement);
  return improvement;
}
