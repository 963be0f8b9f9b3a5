import type { AiderPart } from './aiderParts';

/** A reply that was stopped, and the part of it that had come, which aider writes behind the line that says so. */
export interface AiderStop {
  readonly partial: Extract<AiderPart, { kind: 'agent' }> | undefined;
}

/**
 * Does Ctrl-C at this part stop a reply? Aider writes `^C again to exit` at its idle prompt too, where it stops nothing,
 * and `^C KeyboardInterrupt` when a second one leaves the program (`keyboard_interrupt` in its `base_coder.py`). It
 * stopped a reply when the part of it that had come is next, or when the person was still waiting for it and stayed.
 * @param awaitsReply a message was sent, and neither a reply nor an error has come
 */
export function stopAt(
  parts: readonly AiderPart[],
  index: number,
  awaitsReply: boolean,
): AiderStop | undefined {
  const part = parts[index];
  if (part?.kind !== 'output' || part.text !== '^C again to exit') return undefined;
  let next = index + 1;
  while (isQuiet(parts[next])) next++;
  const following = parts[next];
  if (following?.kind === 'agent') return { partial: following };
  const leaves = following?.kind === 'output' && following.text.startsWith('^C ');
  return awaitsReply && !leaves ? { partial: undefined } : undefined;
}

function isQuiet(part: AiderPart | undefined): boolean {
  return part?.kind === 'output' && part.text === '';
}

/** Questions and notes that come between a message and its reply; anything else (an error) ends the waiting. */
export function isBeforeReply(output: string): boolean {
  return (
    output === '' || /\[(?:Yes|No)\]: |^(?:Added|Adding|Scraping|Retrying|Repo-map)\b|^https?:/.test(output)
  );
}
