import { type Block, type ClaudeCodeLine, plainText } from './claudeCodeLines';

const rejectedResult =
  /^(?:Error: )?(?:User rejected tool use|The user doesn't want to proceed with this tool use)/;
/** What stands before the person's words; the second is the wording of older versions. */
const saidMark = /the user said:|the user provided the following reason for the rejection:/i;
/** The tool's own advice to the agent after the person's words. */
const toolNote = /\n\s*Note: The user's next message may contain a correction[\s\S]*$/;
/** What the tool itself says of a refusal. */
const ownFrame = /^(?:Permission for this tool use was denied|\[Request interrupted by user)/;
/** What the tool writes when a person answers a question with a wish to talk: a rejection, but not in the person's words. */
const clarifyTemplate = /^The user wants to clarify these questions\b/;

/**
 * The person's reason when this tool result is a rejection by a person ('' for one without words), else undefined.
 * `alone`: no other result stands on the line, so what the line says of its result is about this one.
 *
 * Newer versions say who decided (`permissionDecision.source`), and then that counts: a permission prompt of an editor or of
 * the SDK is answered by a person though the kind is `permission-rule`, and a tool that nobody was there to allow is
 * `user-rejected` though no person was. "The user doesn't want to take this action right now" is no rejection: it marks tools
 * that had not started when a sibling was rejected or the turn was interrupted (kind `cancelled` in newer versions).
 */
export function rejectionReason(line: ClaudeCodeLine, block: Block, alone: boolean): string | undefined {
  if (block.is_error !== true) return undefined;
  const said = plainText(block.content);
  if (alone && line.decidedBy !== undefined) {
    return line.decidedBy === 'user_reject' ? (line.userFeedback ?? bareWords(said)) : undefined;
  }
  const denial = line.toolDenialKind;
  if (denial !== undefined && denial !== 'user-rejected') return undefined;
  const result = alone && typeof line.toolUseResult === 'string' ? line.toolUseResult : '';
  const rejected = denial !== undefined || rejectedResult.test(said) || rejectedResult.test(result);
  return rejected ? personsWords(said) : undefined;
}

/** An answer to a permission prompt of an editor or the SDK is the person's words without any frame, or the tool's own. */
function bareWords(said: string): string {
  const framed = saidMark.test(said) || rejectedResult.test(said) || ownFrame.test(said);
  return framed ? personsWords(said) : said.trim();
}

function personsWords(said: string): string {
  const mark = saidMark.exec(said);
  if (!mark) return '';
  const reason = said
    .slice(mark.index + mark[0].length)
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
