import { readPrompt } from '../prompt/promptDocument';
import { decodePrompt } from '../templates/promptText';
import { isPlainJson } from '../text/plainJson';
import type { CanaryOptions } from './canaryPlan';
import type { SharedSettings } from './sharedSettings';
import type { CanarySubject } from './subject';

/** What a person should know before they agree. */
export function planNotes(
  { mode, candidateBytes, template }: CanarySubject,
  { scope }: CanaryOptions,
  { path, current, untouched }: SharedSettings,
): readonly string[] {
  const notes: string[] = [];
  if (current !== null && !isPlainJson(decodePrompt(current, path))) {
    notes.push(
      // Tried with 2.1.332.
      `Claude Code does not read settings with comments or trailing commas: until ${path} is plain JSON, no session takes part.`,
    );
  }
  if (mode === 'subagent') {
    const { frontmatter } = readPrompt(decodePrompt(candidateBytes, template.path));
    if (frontmatter.some(({ key }) => key === 'memory')) {
      notes.push(
        'The agent has a memory of its own, which Claude Code keeps by name: the twin begins without one.',
      );
    }
    notes.push('A change of the description is not tried: which agent is chosen is left to the original.');
  } else {
    notes.push('Sessions with the candidate are told the added lines beside the file, not within it.');
  }
  if (scope === 'team') {
    notes.push(
      'The settings are shared: on machines without this extension and these records the entries do nothing.',
    );
  }
  if (!untouched)
    notes.push('The settings were changed since the other experiment began; that change is kept.');
  return notes;
}
