import { firstText, isRecord } from '../claudeCode/claudeCodeLines';
import { type Fields, fieldsIn, listIn, numberIn, timeOf } from './copilotFields';
import { filePathOf } from './copilotUri';

/** `ResponseModelState.Cancelled` of VS Code's `chatService.ts`. */
const cancelled = 2;
/** `ChatAgentVoteDirection.Down`. */
const down = 0;

/** What the person wrote; undefined for a request that the program made, or a button that was pressed. */
export function personsText(request: Fields): string | undefined {
  const byProgram = ['isSystemInitiated', 'hiddenFromTranscript', 'requestHiddenFromTranscript'];
  if (byProgram.some((key) => request[key] === true) || typeof request['requestSource'] === 'string')
    return undefined;
  if (typeof request['confirmation'] === 'string') return undefined;
  const text = (firstText(request, ['message']) ?? firstText(request['message'], ['text']) ?? '').trim();
  return text === '' ? undefined : text;
}

/**
 * The reply was stopped. A window that was closed in the middle of a reply leaves the same mark, so it is not sure that a
 * person meant to. Versions before the model state wrote `isCanceled`.
 */
export function wasCancelled(request: Fields): boolean {
  if (fieldsIn(fieldsIn(request, 'result'), 'errorDetails')['code'] === 'canceled') return true;
  const state = numberIn(request['modelState'], 'value');
  return state === undefined ? request['isCanceled'] === true : state === cancelled;
}

/** When the reply ended. */
export function endOf(request: Fields): string | undefined {
  return timeOf(fieldsIn(request, 'modelState')['completedAt']);
}

/**
 * The reason of a vote down in words, `''` for none, undefined for no vote down. The tool's names of reasons
 * (`ChatAgentVoteDownReason`, up to 2025) are words run together.
 */
export function downvote(request: Fields): string | undefined {
  if (request['vote'] !== down) return undefined;
  const reason = firstText(request, ['voteDownReason']) ?? '';
  if (reason === 'other' || reason === 'willReportIssue') return '';
  return reason
    .slice(0, 100)
    .replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .toLowerCase();
}

export interface EditedFile {
  readonly index: number;
  readonly file: string;
  readonly what: 'undone' | 'modified';
}

/**
 * What the person did to the files that the reply before had edited (`ChatRequestEditedFileEventKind`): VS Code gathers it
 * until the next request is sent, and stores it with that one.
 */
export function editedFiles(request: Fields): readonly EditedFile[] {
  return listIn(request, 'editedFileEvents').flatMap((event, index) => {
    const kind = numberIn(event, 'eventKind');
    const file = isRecord(event) ? filePathOf(event['uri']) : undefined;
    if (file === undefined || (kind !== 2 && kind !== 3)) return [];
    return [{ index, file, what: kind === 2 ? 'undone' : 'modified' }];
  });
}

/** The custom agent that answered: `modeInfo.modeInstructions` names it; the tool's own agents have no file to improve. */
export function agentOf(request: Fields): string {
  const mode = fieldsIn(request, 'modeInfo');
  const instructions = fieldsIn(mode, 'modeInstructions');
  if (mode['isBuiltin'] === true || instructions['isBuiltin'] === true) return 'main';
  const file = filePathOf(instructions['uri'])?.split(/[\\/]/).at(-1);
  const name =
    firstText(instructions, ['name'])?.trim() || file?.replace(/\.(?:agent|chatmode)\.md$|\.md$/i, '');
  return name === undefined || name === '' ? 'main' : name.slice(0, 100);
}

const instructionFile = /(?:^|[\\/])(?:copilot-instructions\.md|[^\\/]+\.instructions\.md)$/i;

/** Prompt files that went with a request: attached as such, named among what was used, or the custom agent's own. */
export function promptsOf(request: Fields): readonly string[] {
  const attached = listIn(fieldsIn(request, 'variableData'), 'variables').flatMap((variable) => {
    if (!isRecord(variable)) return [];
    const isPrompt =
      variable['kind'] === 'promptFile' || /^vscode\.prompt\./.test(firstText(variable, ['id']) ?? '');
    return isPrompt ? (filePathOf(variable['value']) ?? []) : [];
  });
  const used = listIn(request, 'contentReferences').flatMap((used) => {
    const file = isRecord(used) ? filePathOf(used['reference']) : undefined;
    return file !== undefined && instructionFile.test(file) ? [file] : [];
  });
  const own = filePathOf(fieldsIn(fieldsIn(request, 'modeInfo'), 'modeInstructions')['uri']) ?? [];
  return [...attached, ...used, ...(agentOf(request) === 'main' ? [] : [own].flat())];
}
