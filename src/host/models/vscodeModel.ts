import * as vscode from 'vscode';
import { PipelineError } from '../../core/errors';
import { estimateTokens } from '../../core/languageModel/tokens';
import type { LanguageModel, ModelPrices, ModelRequest } from '../../core/ports';

/** How settings name the models that VS Code offers: `vscode` for whichever comes first, `vscode:FAMILY` for one. */
export const vscodeProvider = 'vscode';

const justification = 'To word rules for your agents’ prompts from the corrections that you made.';

/**
 * A model that VS Code offers. Call it from an action of the person only: VS Code may ask them for consent.
 * @throws PipelineError NOT_FOUND when there is none such now
 */
export async function openVscodeModel(
  choice: string,
  prices: ModelPrices | undefined,
  timeoutSeconds: number,
): Promise<LanguageModel> {
  const wanted = choice.slice(vscodeProvider.length + 1);
  const fits = (each: vscode.LanguageModelChat) =>
    wanted === '' || each.family === wanted || each.id === wanted;
  const offered = await modelsOnceOffered(fits);
  const chat = offered.find(fits);
  if (chat === undefined) {
    const some = [...new Set(offered.map(({ family }) => family))].join(', ');
    throw new PipelineError('NOT_FOUND', `VS Code offers no model ${wanted || 'at all'} now.`, {
      subject: choice,
      remedy:
        some === ''
          ? 'Sign in to an extension that brings models, or choose another with "Claude PM: Choose Model…".'
          : `Choose another with "Claude PM: Choose Model…": ${some}.`,
    });
  }
  const id = `${vscodeProvider}:${chat.family}`;
  return {
    id,
    place: `${chat.name}, ${chat.vendor}, through VS Code`,
    ...(prices === undefined ? {} : { prices }),
    countTokens: async (text) => chat.countTokens(text),
    complete: async (request) => {
      const question = questionText(request);
      const text = await ask(chat, question, id, timeoutSeconds, request.signal);
      const usage = {
        inputTokens: estimateTokens(question),
        outputTokens: estimateTokens(text),
        measured: false,
      };
      return { text, usage };
    },
  };
}

/** After its start, and when one is changed, VS Code asks the extensions that bring models anew, and offers none meanwhile. */
const patienceMilliseconds = 2000;

async function modelsOnceOffered(
  fits: (model: vscode.LanguageModelChat) => boolean,
): Promise<readonly vscode.LanguageModelChat[]> {
  const offered = await vscode.lm.selectChatModels();
  if (offered.some(fits)) return offered;
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    };
    const timer = setTimeout(done, patienceMilliseconds);
    const subscription = vscode.lm.onDidChangeChatModels(done);
  });
  return vscode.lm.selectChatModels();
}

/** There are no system messages here: what would be one goes in front. */
function questionText({ system, prompt }: ModelRequest): string {
  return system === undefined ? prompt : `${system}\n\n${prompt}`;
}

async function ask(
  chat: vscode.LanguageModelChat,
  question: string,
  id: string,
  timeoutSeconds: number,
  signal: AbortSignal | undefined,
): Promise<string> {
  const source = new vscode.CancellationTokenSource();
  const stop = () => source.cancel();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, timeoutSeconds * 1000);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  try {
    const messages = [vscode.LanguageModelChatMessage.User(question)];
    const response = await chat.sendRequest(messages, { justification }, source.token);
    let text = '';
    for await (const part of response.text) text += part;
    if (text === '' || source.token.isCancellationRequested) throw new Error('no answer');
    return text;
  } catch (error) {
    throw lmError(error, id, signal?.aborted === true, late);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    source.dispose();
  }
}

/** The error itself is not passed on: it may quote the question. */
function lmError(error: unknown, id: string, cancelled: boolean, late: boolean): PipelineError {
  const again = { subject: id, remedy: 'Try again; what was answered before is kept.' };
  if (cancelled) return new PipelineError('CANCELLED', 'Asking the model was cancelled.', again);
  if (late) return new PipelineError('TIMED_OUT', `${id} did not answer in time.`, again);
  const code = error instanceof vscode.LanguageModelError ? error.code : '';
  if (code === vscode.LanguageModelError.NoPermissions().code) {
    return new PipelineError('PERMISSION_DENIED', `You or VS Code did not allow asking ${id}.`, {
      subject: id,
      remedy: 'Allow it under Manage Language Model Access, or choose another model.',
    });
  }
  if (code === vscode.LanguageModelError.NotFound().code)
    return new PipelineError('NOT_FOUND', `VS Code no longer offers ${id}.`, again);
  if (code === vscode.LanguageModelError.Blocked().code) {
    return new PipelineError('MODEL_FAILED', `${id} refused: blocked, or its quota is used up.`, again);
  }
  return new PipelineError('MODEL_FAILED', `${id} failed.`, again);
}
