/** Commands that hand their text to the model; all others (`/add`, `/run`, `!ls`) are for aider itself. */
const asking = /^\/(?:ask|code|architect|context|ok)\b\s*/;

/** A question of aider's with the answer that it gave itself for a group ("all", "skip"), written as if it were typed. */
const echoedAnswer = /\(Y\)es\/\(N\)o.*\]: ?\w+$/;

/** What a person said to the agent in this input; undefined for commands, echoed answers and nothing at all. */
export function personsWords(input: string): string | undefined {
  const text = input.trim();
  if (text === '' || text === '<blank>' || echoedAnswer.test(text)) return undefined;
  const words = text.replace(asking, '');
  return words === '' || /^[/!]/.test(words) ? undefined : words;
}
