const fence = /(^|\n)[ \t]*(```|~~~)[\s\S]*?(\n[ \t]*\2[^\n]*|$)/g;
const markup = /<(system-reminder|command-[a-z]+|local-command-[a-z]+|bash-[a-z]+)>[\s\S]*?<\/\1>/g;

/** Starts of lines that a program wrote: shell prompts, stack traces, log levels, diffs, tool output. */
const machineStart =
  /^(?:[$%❯➜>│├└╰╭⎿●✓✔✗✘×⨯|]|#{2,}$|\d+\s*[|│]|at\s+\S+\s*\(|Traceback |File "|\s*\^+|[+-]{3}\s|@@ |\[?\d{4}-\d\d-\d\d[ T]\d\d:|\[?(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FAIL|PASS)\b|[A-Za-z]*Error:|npm (?:ERR|WARN)|\S{1,64}@\S{1,64}[ :][^ ]*[%$#]|diff --git|(?:\.{0,2}\/)?[\w.-]+(?:\/[\w.-]+)+:\d+)/;

/** Share of letters below which a longer line is output rather than speech. */
const leastLetters = 0.55;

function isSpeech(line: string): boolean {
  const trimmed = line.trim();
  if (trimmed === '' || machineStart.test(trimmed)) return false;
  if (trimmed.length < 24) return true;
  const letters = trimmed.replace(/[^\p{L}\s]/gu, '').length;
  return letters / trimmed.length >= leastLetters;
}

/** What the person wrote: without fenced code, quoted lines, pasted output and the markup of tools. Lines are kept. */
export function plainProse(text: string): string {
  let plain = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (plain.includes('```') || plain.includes('~~~')) plain = plain.replace(fence, '\n');
  if (plain.includes('<')) plain = plain.replace(markup, '\n');
  return plain.split('\n').filter(isSpeech).join('\n');
}
