/** Sent by Cursor itself, most of them in the wrapper of a person's message (Einsia/agent-git, over 475 user records). */
const own =
  /^(?:Perform any necessary follow-up actions in response to the subagent completion above\.|Briefly inform the user about the task result and perform any follow-up actions\b|You are the forked subagent; continue executing your task\.|Your previous response was interrupted\. Continue from where you left off\.)/;
const opening = '<user_query>';
const closing = '</user_query>';
/** Context beside the person's words: `<timestamp>`, `<attached_files>`, `<system_reminder>`, `<image_files>` and others. */
const context = /<([a-z][a-z0-9_-]{0,60})(?:\s[^<>]{0,400})?>[\s\S]{0,20000}?<\/\1>/g;

/** Is there a wrapper around a person's words in this text? */
export function isWrapped(text: string): boolean {
  return text.includes(opening);
}

/**
 * A person's words in a user text; undefined where there are none. Cursor wraps them in `<user_query>`, and puts what it
 * sends itself into the same wrapper, so those texts are known one by one. They are not told by their repetition: people
 * repeat themselves, and forks copy.
 * @param unwrapped take a text without the wrapper as a person's too
 */
export function cursorWords(text: string, unwrapped: boolean): string | undefined {
  const start = text.indexOf(opening);
  if (start < 0 && !unwrapped) return undefined;
  const end = text.lastIndexOf(closing);
  const inner =
    start < 0 ? text.replace(context, '') : text.slice(start + opening.length, end > start ? end : undefined);
  const words = inner.trim();
  return words === '' || own.test(words) ? undefined : words;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const stamp =
  /<timestamp>[A-Za-z]+, ([A-Z][a-z]{2})[a-z]* (\d{1,2}), (\d{4}),? (\d{1,2}):(\d\d)(?::(\d\d))? ?([AP]M) \(UTC(?:([+-])(\d{1,2})(?::?(\d\d))?)?\)<\/timestamp>/;

/** The time in a user text, `<timestamp>Tuesday, Jun 2, 2026, 11:20 AM (UTC+8)</timestamp>`; undefined for any other text. */
export function cursorTime(text: string): string | undefined {
  const found = stamp.exec(text);
  if (!found) return undefined;
  const [, month = '', day, year, hour, minute, second = '0', half, sign, hours = '0', minutes = '0'] = found;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const hour24 = (Number(hour) % 12) + (half === 'PM' ? 12 : 0);
  const index = months.indexOf(month);
  const time = Date.UTC(Number(year), index, Number(day), hour24, Number(minute) - offset, Number(second));
  return index < 0 || Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
