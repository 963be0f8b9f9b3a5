import { PipelineError } from '../errors';
import { schemaVersion } from '../model/common';
import type { Experiment } from '../model/experiment';
import { decodePrompt } from '../templates/promptText';
import { additionOf } from './addition';
import type { CanaryContext } from './canaryContext';
import type { CanaryOptions, CanaryPlan, PlannedFile } from './canaryPlan';
import { defaultRule, defaultStages } from './defaults';
import { planNotes } from './planNotes';
import { readSettings, settingsWith } from './sharedSettings';
import { type CanarySubject, findSubject } from './subject';
import { agentNameIn, twinNameOf, twinOf, twinPathOf } from './twin';

/** Writes nothing. */
export async function planExperiment(
  context: CanaryContext,
  templateId: string,
  options: CanaryOptions,
): Promise<CanaryPlan> {
  const { ports, place } = context;
  const { hash, clock } = ports;
  const subject = await findSubject(context, templateId, options.candidate);
  const { template, mode, baseline, candidate, running } = subject;
  const rule = { ...defaultRule, ...options.rule };
  const stages = [...(options.stages ?? defaultStages)];
  requireSense(template.path, rule, stages);
  const dryRun = options.dryRun ?? false;
  const agentType = mode === 'subagent' ? agentOf(subject) : template.agentType;
  const twinBytes = mode === 'subagent' ? twinOf(subject.candidateBytes, agentType, template.path) : null;
  if (twinBytes) await requireFreeName(context, agentType, template.path);
  const addition =
    mode === 'instructions' ? additionOf(subject.baselineBytes, subject.candidateBytes, template.path) : null;

  const path = place.settingsPath(options.scope ?? 'person');
  const settings = await readSettings(context, path, running);
  const after = settingsWith(context, settings, new Set([mode, ...settings.others.map((each) => each.mode)]));
  const written: PlannedFile[] = [
    ...(twinBytes && !dryRun ? [{ path: twinPathOf(template.path), before: null, after: twinBytes }] : []),
    { path, before: settings.current, after },
  ];
  const hashOf = (bytes: Uint8Array | null) => (bytes === null ? null : hash.sha256(bytes));
  const files = written.map((file) => ({
    path: file.path,
    before: hashOf(file.path === path ? settings.original : file.before),
    after: hashOf(file.after),
  }));
  const now = clock.now().toISOString();
  const key = randomKey(context);
  const experiment: Experiment = {
    schemaVersion,
    experimentId: `canary-${now.replace(/\D/g, '').slice(0, 14)}-${hash.sha256(`${templateId}\n${key}`).slice(0, 8)}`,
    templateId,
    agentType,
    path: template.path,
    mode,
    baseline: { version: baseline.version, contentHash: baseline.contentHash },
    candidate: { version: candidate.version, contentHash: candidate.contentHash },
    patternIds: [...(options.patternIds ?? subject.patternIds)].sort(),
    dryRun,
    promotesItself: options.promotesItself ?? false,
    rule,
    stages,
    stage: 0,
    stagesBegan: [now],
    key,
    twin: twinBytes && {
      name: twinNameOf(agentType),
      path: twinPathOf(template.path),
      contentHash: hash.sha256(twinBytes),
    },
    addition: hashOf(addition),
    files,
    foldersMade: [...(await place.missingFolders(path))],
    status: 'running',
    startedAt: now,
    startedBy: context.templates.author,
    end: null,
  };
  const changed = written.filter((file) => hashOf(file.before) !== hashOf(file.after));
  return {
    experiment,
    options,
    files: changed,
    addition,
    notes: planNotes(subject, options, settings),
  };
}

/** @throws PipelineError INVALID_INPUT for an agent without a name, or that the candidate renames */
function agentOf({ template, baselineBytes, candidateBytes }: CanarySubject): string {
  const { path } = template;
  const name = agentNameIn(decodePrompt(baselineBytes, path));
  const next = agentNameIn(decodePrompt(candidateBytes, path));
  if (name !== undefined && (next ?? name) === name) return name;
  const why = name === undefined ? 'names no agent' : `is renamed by the candidate to ${next ?? ''}`;
  throw new PipelineError('INVALID_INPUT', `${path} ${why}.`, {
    subject: path,
    remedy: 'Claude Code finds an agent by the name in its frontmatter; nothing was written.',
  });
}

/** @throws PipelineError ILLEGAL_STATE where a file, or an agent anywhere, has the twin's name */
async function requireFreeName({ ports }: CanaryContext, agentName: string, path: string): Promise<void> {
  const { promptFiles } = ports;
  const name = twinNameOf(agentName);
  const file = twinPathOf(path);
  const isThere = (await promptFiles.read(file)) !== undefined;
  const agents = [...(await promptFiles.discover()).records, ...(await promptFiles.userLevel())];
  const taken = isThere ? file : agents.find(({ agentType }) => agentType === name)?.path;
  if (taken === undefined) return;
  throw new PipelineError('ILLEGAL_STATE', `There is an agent ${name} already: ${taken}.`, {
    subject: taken,
    remedy: `The candidate would be written to ${file} under that name. Rename yours or move it away; nothing was written.`,
  });
}

function requireSense(path: string, rule: Experiment['rule'], stages: Experiment['stages']): void {
  const rises = stages.every(({ share }, index) => share > (stages[index - 1]?.share ?? 0) && share <= 1);
  const isChance = (value: number) => value > 0 && value < 1;
  const isRule =
    isChance(rule.alpha) && isChance(rule.ratioAlpha) && rule.mostDays > 0 && rule.mostSessions > 0;
  if (stages.length > 0 && rises && isRule) return;
  throw new PipelineError('INVALID_INPUT', 'The experiment is not laid down in a way that can be decided.', {
    subject: path,
    remedy:
      'Shares rise from stage to stage and are above 0 and at most 1; alpha lies between 0 and 1; sessions and days are above 0. Nothing was written.',
  });
}

/** 128 bits, hexadecimal. */
function randomKey({ ports }: CanaryContext): string {
  const part = () =>
    Math.floor(ports.random.next() * 2 ** 16)
      .toString(16)
      .padStart(4, '0');
  return Array.from({ length: 8 }, part).join('');
}
