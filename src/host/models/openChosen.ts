import type { LanguageModel } from '../../core/ports';
import type { Host } from '../host';
import { loadModels } from './loadModels';
import { storedKey } from './modelKeys';
import type { ModelSettings } from './modelSettings';
import { openVscodeModel, vscodeProvider } from './vscodeModel';

/** The model that the person chose. @throws PipelineError as `openModel` and `openVscodeModel` */
export async function openChosen(
  host: Pick<Host, 'context' | 'session'>,
  settings: ModelSettings,
): Promise<LanguageModel> {
  const { model, prices, timeoutSeconds, baseUrl } = settings;
  if (model === vscodeProvider || model.startsWith(`${vscodeProvider}:`)) {
    return openVscodeModel(model, prices, timeoutSeconds);
  }
  const { openModel } = await loadModels();
  const key = await storedKey(host.context, settings);
  const folder = await host.session.folder();
  return openModel(model, {
    ...(folder === undefined ? {} : { repository: folder.fsPath }),
    timeoutSeconds,
    ...(baseUrl === '' ? {} : { baseUrl }),
    ...(prices === undefined ? {} : { prices }),
    ...(key === undefined ? {} : { key }),
  });
}
