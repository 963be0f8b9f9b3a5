import { PipelineError } from '../errors';
import { schemaVersion } from '../model/common';
import type { Template } from '../model/template';
import type { Transaction } from '../transaction/allOrNothing';
import { templateTypeOf } from './adoptPrompts';
import { encodePrompt } from './promptText';
import { templateIdOf } from './templateId';
import { type TemplateContext, versionIdOf, writeVersion } from './templateRecords';
import { firstVersion } from './versionNumbers';

/**
 * A template for a file that is not there yet: its version 1.0.0 is the least text that the tool takes, and the first deployment makes
 * the file. Needs the workspace's lock.
 * @throws PipelineError TARGET_CHANGED when there is such a file
 */
export async function newPrompt(
  context: TemplateContext,
  { path, agentType, text }: { readonly path: string; readonly agentType: string; readonly text: string },
  transaction: Transaction,
): Promise<Template> {
  const { store, audit, clock, hash, promptFiles } = context.ports;
  if ((await promptFiles.read(path)) !== undefined) {
    throw new PipelineError('TARGET_CHANGED', `${path} is there already, and could not be adopted.`, {
      subject: path,
      remedy: 'Is it a link to another prompt, or no UTF-8 text? Name another file; nothing was changed.',
    });
  }
  const known = await store.list('templates');
  const taken = new Set(known.records.map((template) => template.templateId));
  const templateId = templateIdOf(path, taken, hash);
  await transaction.keep([
    ['templates', templateId],
    ['versions', versionIdOf(templateId, firstVersion)],
  ]);
  const version = await writeVersion(context, {
    templateId,
    version: firstVersion,
    parentVersion: null,
    origin: 'created',
    status: 'approved',
    changeSummary: `For a new file ${path}`,
    strategy: null,
    hunkIds: [],
    patternIds: [],
    bytes: encodePrompt(text),
  });
  const template: Template = {
    schemaVersion,
    templateId,
    templateType: templateTypeOf(path),
    agentType,
    path,
    createdAt: clock.now().toISOString(),
    currentVersion: version.version,
    deployedVersion: null,
  };
  await store.put('templates', template);
  const { contentHash } = version;
  await audit.record(
    'template.created',
    templateId,
    { path, contentHash },
    { before: null, after: template },
  );
  return template;
}

/** Takes such a template back, as long as nothing but its first version came of it. `false` where it stays. */
export async function removeNewPrompt(
  context: TemplateContext,
  template: Template,
  transaction: Transaction,
): Promise<boolean> {
  const { store, audit } = context.ports;
  const { templateId, deployedVersion } = template;
  const versions = (await store.list('versions', versionIdOf(templateId, ''))).records;
  const used = (await store.list('improvements')).records.some((each) => each.templateId === templateId);
  const [only, ...more] = versions;
  if (deployedVersion !== null || used || more.length > 0 || only?.origin !== 'created') return false;
  await transaction.remove('templates', templateId);
  await transaction.remove('versions', only.versionId);
  await transaction.remove('improvementMetrics', templateId);
  await audit.record(
    'template.withdrawn',
    templateId,
    { path: template.path },
    { before: template, after: null },
  );
  return true;
}
