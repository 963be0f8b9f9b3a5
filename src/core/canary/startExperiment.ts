import { PipelineError } from '../errors';
import type { Experiment } from '../model/experiment';
import { allOrNothing } from '../transaction/allOrNothing';
import type { CanaryContext } from './canaryContext';
import type { CanaryPlan, PlannedFile } from './canaryPlan';
import { runningExperiments } from './experimentRecords';
import { planExperiment } from './planExperiment';
import { readSettings, settingsOf, writeSettings } from './sharedSettings';

/** Writes what was planned: everything or nothing. Needs the workspace's lock. */
export async function startExperiment(context: CanaryContext, plan: CanaryPlan): Promise<Experiment> {
  const { ports, place } = context;
  const { experimentId, key, templateId, path } = plan.experiment;
  const fresh = await planExperiment(context, templateId, plan.options);
  if (shown(fresh.files) !== shown(plan.files)) throw outOfDate(path);
  const experiment = { ...fresh.experiment, experimentId, key };
  const { twin, addition, baseline, candidate, mode, dryRun, foldersMade } = experiment;
  const what = `start the experiment ${experimentId} on ${path}`;
  try {
    await allOrNothing(ports, { what, subject: experimentId }, async (transaction) => {
      if (fresh.addition !== null) await ports.store.putContent(fresh.addition);
      for (const { path: written, before, after } of fresh.files) {
        if (written === twin?.path) await transaction.replaceFile(written, before, after);
      }
      const file = settingsOf(experiment)?.path ?? '';
      const settings = await readSettings(context, file, await runningExperiments(ports));
      const written = fresh.files.find((each) => each.path === file);
      if (settings.original !== null) await ports.store.putContent(settings.original, 'private');
      await writeSettings(context, transaction, settings, written?.after ?? settings.current);
      await transaction.put('experiments', experiment);
      const detail = {
        ...{ templateId, mode, dryRun, addition, twin: twin?.contentHash ?? null },
        ...{ baseline: baseline.contentHash, candidate: candidate.contentHash, files: experiment.files },
      };
      await ports.audit.record('canary.started', experimentId, detail, { before: null, after: experiment });
    });
  } catch (error) {
    await place.removeEmptyFolders(foldersMade);
    throw error;
  }
  return experiment;
}

const shown = (files: readonly PlannedFile[]): string =>
  JSON.stringify(files.map(({ path, before, after }) => [path, before && [...before], after && [...after]]));

function outOfDate(path: string): PipelineError {
  return new PipelineError(
    'TARGET_CHANGED',
    `What the experiment on ${path} would write has changed meanwhile.`,
    {
      subject: path,
      remedy: 'Plan it anew to see the change; nothing was written.',
    },
  );
}
