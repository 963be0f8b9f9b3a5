import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { ImportSummary } from '../../../src/core/capture/correctionCapture';
import type { Improvement } from '../../../src/core/model/improvement';
import type { Pattern } from '../../../src/core/model/pattern';
import type { Template, TemplateVersion } from '../../../src/core/model/template';
import type { ValidationReport } from '../../../src/core/model/validation';
import { copySample } from '../sampleCopy.ts';
import { announce, StepFailed } from '../steps.ts';
import { changedSettings } from './changedSettings.ts';
import { type CommandLine, commandLineIn } from './commandLine.ts';
import { importText, improvementText, patternText } from './summary.ts';

interface Assessed {
  readonly improvement: Improvement;
  readonly report: ValidationReport;
}

/** The whole loop on a fresh copy of the sample, through the command line; prints what came of it. @throws StepFailed */
export async function runMainJob(): Promise<void> {
  const folder = await copySample();
  const cli = commandLineIn(folder);
  announce(`Running the main job on ${folder}`);

  const { templates } = await cli<{ templates: readonly Template[] }>('init');
  console.log(`Adopted ${templates.length} prompts: ${templates.map(({ path: file }) => file).join(', ')}`);
  const changed = await changedSettings(folder);
  if (changed.length > 0)
    console.log(`The sample's config.json differs from the defaults in ${changed.join(', ')}`);

  heading('Corrections');
  const imported = await cli<ImportSummary>('import');
  console.log(importText(imported));

  const run = await cli<{ improvements: readonly Improvement[] }>('run');
  const { patterns } = await cli<{ patterns: readonly Pattern[] }>('analyze');
  heading('Patterns');
  for (const pattern of patterns) console.log(patternText(pattern));

  heading('Improvements');
  const assessed: Assessed[] = [];
  for (const improvement of run.improvements) {
    const { report } = await cli<{ report: ValidationReport }>('validate', improvement.improvementId);
    assessed.push({ improvement, report });
    console.log(improvementText(improvement, report));
  }

  const proposed = assessed.filter(({ improvement }) => improvement.status === 'proposed');
  const chosen = choose(proposed);
  const template = templates.find(({ templateId }) => templateId === chosen.templateId);
  if (!template) throw new StepFailed(`No template ${chosen.templateId}.`, 'Report this bug.');
  heading(`Review, deployment and rollback of ${template.path}`);
  const version = await review(cli, chosen);
  await deployAndRollBack(cli, path.join(folder, template.path), version);

  rmSync(path.dirname(folder), { recursive: true, force: true });
  const drafts = assessed.length - proposed.length;
  if (drafts > 0) console.log(`Drafts, which wait for a review and are not counted: ${drafts}.`);
  console.log(
    `main job: ${imported.corrections.found} corrections, ${patterns.length} patterns, ${proposed.length} improvements, version ${version.version} deployed and rolled back`,
  );
}

/** The first that was not refuted. A draft is never deployed as if it were proposed. */
function choose(proposed: readonly Assessed[]): Improvement {
  const chosen = proposed.find(({ report }) => report.verdict !== 'reject');
  if (chosen) return chosen.improvement;
  throw new StepFailed(
    `None of ${proposed.length} proposed improvements can be deployed.`,
    'Read the patterns and verdicts above; the thresholds are in .claude-pm/config.json of the sample.',
  );
}

/** Accepts the hunks one by one; of three or more the least certain is rejected, as a person would leave one out. */
async function review(cli: CommandLine, improvement: Improvement): Promise<TemplateVersion> {
  const { improvementId, hunks } = improvement;
  const leastCertain = hunks.toSorted((a, b) => a.confidence - b.confidence)[0];
  const rejected = hunks.length >= 3 ? leastCertain : undefined;
  let version: TemplateVersion | null = null;
  for (const { hunkId } of hunks) {
    const verb = hunkId === rejected?.hunkId ? 'reject' : 'accept';
    const answer = await cli<{ version: TemplateVersion | null }>(verb, improvementId, '--hunk', hunkId);
    version = answer.version;
    console.log(`${verb}ed hunk ${hunkId}: version ${version?.version ?? 'none'}`);
  }
  if (version) return version;
  throw new StepFailed(`The review of ${improvementId} made no version.`, 'Report this bug.');
}

async function deployAndRollBack(cli: CommandLine, file: string, version: TemplateVersion): Promise<void> {
  const original = readFileSync(file);
  const { templateId, contentHash } = version;

  await cli('deploy', templateId, '--version', version.version);
  const deployed = readFileSync(file);
  if (sha256(deployed) !== contentHash || deployed.equals(original)) {
    throw new StepFailed(`${file} does not hold the bytes of ${version.versionId}.`, 'Report this bug.');
  }
  console.log(
    `deployed ${version.version}: the file holds its ${deployed.length} bytes (sha256 ${contentHash})`,
  );

  await cli('rollback', templateId, '--reason', 'End of the demonstration');
  const restored = readFileSync(file);
  if (!restored.equals(original)) {
    throw new StepFailed(`${file} does not hold its former bytes after the rollback.`, 'Report this bug.');
  }
  console.log(`rolled back: the file holds its former ${restored.length} bytes (sha256 ${sha256(restored)})`);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function heading(text: string): void {
  console.log(`\n${text}`);
}
