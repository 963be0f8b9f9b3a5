import { jsonOrUndefined } from '../claudeCode/claudeCodeAgents';
import { isRecord } from '../claudeCode/claudeCodeLines';
import { textParts } from './codexLines';

/**
 * The texts of a tool's output. It was a string, JSON in a string (`{"output": …, "metadata": …}`, shell commands of 2025)
 * or an object (`{"content": …, "success": …}`), and is a string or a list of texts since
 * (`FunctionCallOutputPayload` in `codex-rs/protocol/src/models.rs`).
 */
export function outputTexts(output: unknown): readonly string[] {
  if (typeof output === 'string') {
    const value = output.startsWith('{') ? jsonOrUndefined(output) : undefined;
    const inner = isRecord(value) ? value['output'] : undefined;
    return [typeof inner === 'string' ? inner : output];
  }
  if (Array.isArray(output)) return textParts(output);
  if (!isRecord(output)) return [];
  for (const key of ['content', 'output', 'body', 'content_items']) {
    const texts = outputTexts(output[key]);
    if (texts.length > 0) return texts;
  }
  return [];
}

/** What stands above a tool's output in some versions. */
const outputHead = /^(?:Exit code: -?\d+\n)?(?:Wall time: [\d.]+ seconds\n)?(?:Output:\n)?/;
/** In code mode one call runs a script; a tool that was denied in it ends the script with its message. */
const scriptHead =
  /^(?:Script failed\n(?:Wall time: [\d.]+ seconds\n|Wall time [\d.]+ seconds\n)?(?:Output:\n)?)?Script error:\n/;

const denied: ReadonlySet<string> = new Set(['exec command rejected by user', 'patch rejected by user']);
const deniedMcp: ReadonlySet<string> = new Set([
  'user rejected MCP tool call',
  'user cancelled MCP tool call',
]);
/** How a command of the unified exec tool comes back: the denial as Rust prints the error around it. */
const wrappedDenial = 'CreateProcess { message: "Rejected(\\"rejected by user\\")" }';

/**
 * Does this output say that a person denied the tool, and what kind of tool? Only as a whole: a command may well print these
 * words. Sources: `ToolEmitter::finish` in `codex-rs/core/src/tools/events.rs` (exec and patch), `unified_exec`, and the MCP
 * tool calls. What a rule, a hook, the sandbox or the guardian (a model) turned down has other words. "aborted by user
 * after 3.2s" belongs to an interrupt, which has a line of its own. A person's reason is never in it: it is the next message.
 */
export function denialIn(texts: readonly string[]): 'own tool' | 'MCP' | undefined {
  for (const text of texts) {
    // Of several texts a script's own prints are some: only an error is the tool's word.
    const said = saidIn(text.trim(), texts.length > 1);
    if (said === undefined) continue;
    if (denied.has(said) || (said.startsWith('exec_command failed') && said.endsWith(wrappedDenial))) {
      return 'own tool';
    }
    if (deniedMcp.has(said)) return 'MCP';
  }
  return undefined;
}

/** @param errorsOnly leave out what is not said as an error */
function saidIn(text: string, errorsOnly: boolean): string | undefined {
  const inScript = text.replace(scriptHead, '');
  const said = inScript.replace(outputHead, '').trim();
  const value = /^[[{]/.test(said) ? jsonOrUndefined(said) : undefined;
  const isError = inScript !== text || (isRecord(value) && value['isError'] === true);
  if (errorsOnly && !isError) return undefined;
  // An MCP server's answer is printed as JSON.
  const texts = textParts(isRecord(value) ? value['content'] : value);
  return texts.length === 1 ? texts[0]?.trim() : said.replace(/^err: "(.*)"$/, '$1');
}
