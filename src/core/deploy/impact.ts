import type { Strategy, Verdict } from '../model/common';
import type { TemplateVersion } from '../model/template';
import type { Ports } from '../ports';
import { compareTexts } from '../templates/compareTexts';
import { decodePrompt } from '../templates/promptText';
import type { TemplateContext, VersionInput } from '../templates/templateRecords';
import { estimateTokens } from '../text/tokens';
import { type Importer, importersOf } from './importers';
import { type Risk, riskOf } from './risk';
import type { TargetPlan } from './targetPlan';

/** What a step changes in one file. */
export interface TargetImpact {
  readonly templateId: string;
  readonly path: string;
  readonly agentType: string;
  /** null: no file. */
  readonly from: string | null;
  readonly to: string | null;
  readonly unchanged: boolean;
  readonly linesAdded: number;
  readonly linesRemoved: number;
  /** Paths of the sections that change. */
  readonly sections: readonly string[];
  /** Dice coefficient of the two texts' lines. */
  readonly similarity: number;
  /** Estimated tokens that each call of the agent costs more, or less. */
  readonly tokenDelta: number;
  /** Estimated tokens of the whole prompt afterwards. */
  readonly tokens: number;
  readonly diff: string;
}

export interface NamedPattern {
  readonly patternId: string;
  readonly title: string;
}

export interface Impact {
  readonly kind: 'deploy' | 'rollback';
  readonly templateId: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly targets: readonly TargetImpact[];
  readonly agents: readonly string[];
  readonly files: readonly string[];
  /** Other prompts through which the text reaches an agent. */
  readonly importedBy: readonly Importer[];
  /** Patterns that the edits which come in address. */
  readonly addressed: readonly NamedPattern[];
  /** Patterns that only the edits which go addressed, and that may come back. */
  readonly comeBack: readonly NamedPattern[];
  /** Improvements that wait for a review, on a version that will no longer be live. */
  readonly openImprovements: readonly { improvementId: string; templateId: string; pending: number }[];
  /** What the tests of the edits that come in said. */
  readonly tests: readonly { version: string; verdict: Verdict | null; tier: string | null }[];
  readonly strategies: readonly Strategy[];
  readonly risk: Risk;
}

export interface ImpactInput {
  readonly kind: Impact['kind'];
  readonly templateId: string;
  readonly targets: readonly TargetPlan[];
  readonly incoming: readonly TemplateVersion[];
  readonly comeBack: readonly string[];
}

/** Everything that a step would change, from its plan and the records; writes nothing. */
export async function impactOf(
  context: TemplateContext & { readonly ports: Pick<Ports, 'store' | 'promptFiles'> },
  { kind, templateId, targets, incoming, comeBack }: ImpactInput,
): Promise<Impact> {
  const { store, promptFiles } = context.ports;
  const changes: TargetImpact[] = [];
  for (const target of targets) changes.push(await targetImpact(context, target));
  const files = targets.map(({ template }) => template.path);
  const touched = new Set(targets.map(({ template }) => template.templateId));
  const improvements = (await store.list('improvements')).records;
  const open = improvements.filter(
    ({ status, templateId: id }) => (status === 'proposed' || status === 'draft') && touched.has(id),
  );
  const patterns = async (ids: readonly string[]): Promise<NamedPattern[]> =>
    Promise.all(
      ids.map(async (patternId) => ({
        patternId,
        title: (await store.get('patterns', patternId))?.title ?? patternId,
      })),
    );
  const addressed = [...new Set(incoming.flatMap((version) => version.patternIds))].sort();
  const [first] = changes;
  const facts = { changes, incoming, comeBack: comeBack.length };
  return {
    kind,
    templateId,
    from: first?.from ?? null,
    to: first?.to ?? null,
    targets: changes,
    agents: [...new Set(changes.map((each) => each.agentType))],
    files,
    importedBy: importersOf(files, (await promptFiles.discover()).records),
    addressed: await patterns(addressed),
    comeBack: await patterns(comeBack),
    openImprovements: open.map(({ improvementId, templateId: id, hunks }) => ({
      improvementId,
      templateId: id,
      pending: hunks.filter((hunk) => hunk.decision === 'pending').length,
    })),
    tests: incoming.map(({ version, validation }) => ({
      version,
      verdict: validation?.verdict ?? null,
      tier: validation?.tier ?? null,
    })),
    strategies: [...new Set(incoming.flatMap(({ strategy }) => strategy ?? []))],
    risk: riskOf(kind, facts),
  };
}

async function targetImpact(context: TemplateContext, plan: TargetPlan): Promise<TargetImpact> {
  const { template, from, to, unchanged, target } = plan;
  const before = target.bytes === undefined ? '' : decodePrompt(target.bytes, template.path);
  const after = to === undefined ? '' : decodePrompt(await bytesOf(context, to), template.path);
  const names = { path: template.path, from: from?.version ?? 'none', to: to?.version ?? 'none' };
  const { linesAdded, linesRemoved, sectionsChanged, similarity, tokenDelta, diff } = compareTexts(
    before,
    after,
    names,
  );
  return {
    templateId: template.templateId,
    path: template.path,
    agentType: template.agentType,
    from: from?.version ?? null,
    to: to?.version ?? null,
    unchanged,
    linesAdded,
    linesRemoved,
    sections: sectionsChanged,
    similarity,
    tokenDelta,
    tokens: estimateTokens(after),
    diff,
  };
}

async function bytesOf(
  { ports }: TemplateContext,
  version: TemplateVersion | VersionInput,
): Promise<Uint8Array> {
  return 'bytes' in version ? version.bytes : ports.store.getContent(version.contentHash);
}
