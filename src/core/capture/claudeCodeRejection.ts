import { type Block, type ClaudeCodeLine, plainText } from './claudeCodeLines';

const rejectedText = "The user doesn't want to proceed with this tool use";
const rejectedResult =
  /^(?:Error: )?(?:User rejected tool use|The user doesn't want to proceed with this tool use)/;
const saidMark = 'the user said:';
/** The tool's own advice to the agent after the person's words. */
const toolNote = /\n\s*Note: The user's next message may contain a correction[\s\S]*$/;
/** What the tool writes when a person answers a question with a wish to talk: a rejection, but not in the person's words. */
const clarifyTemplate = /^The user wants to clarify these questions\b/;

/**
 * The person's reason when this tool result is a rejection by a person ('' for one without words), else undefined.
 *
 * "The user doesn't want to take this action right now" is not one: it marks tools that had not started when a sibling was
 * rejected or the turn was interrupted (kind `cancelled` in newer versions).
 */
export function rejectionReason(line: ClaudeCodeLine, block: Block): string | undefined {
  if (block.is_error !== true) return undefined;
  const denial = line.toolDenialKind;
  if (denial !== undefined && denial !== 'user-rejected') return undefined;
  const said = plainText(block.content);
  const result = typeof line.toolUseResult === 'string' ? line.toolUseResult : '';
  const marked = said.startsWith(rejectedText) || (denial !== undefined && !isCancelled(said));
  if (!marked && !(rejectedResult.test(result) && !isCancelled(said))) return undefined;
  return personsWords(said);
}

function isCancelled(said: string): boolean {
  return said.startsWith("The user doesn't want to take this action right now");
}

function personsWords(said: string): string {
  const at = said.indexOf(saidMark);
  if (at < 0) return '';
  const reason = said
    .slice(at + saidMark.length)
    .replace(toolNote, '')
    .trim();
  return clarifyTemplate.test(reason) ? '' : reason;
}

const interruptLine = /^\s*\[Request interrupted by user( for tool use)?\]/;

/** An interrupt at the start of a text (a text that merely quotes one is none), and what a person wrote behind it. */
export function interruptIn(
  text: string,
): { readonly forToolUse: boolean; readonly rest: string } | undefined {
  const found = interruptLine.exec(text);
  if (!found) return undefined;
  return { forToolUse: found[1] !== undefined, rest: text.slice(found[0].length).trim() };
}
