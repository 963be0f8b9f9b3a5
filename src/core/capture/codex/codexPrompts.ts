import type { Hash } from '../../ports';
import { firstText, isRecord } from '../claudeCode/claudeCodeLines';
import type { LoadedPrompt } from '../correctionSource';
import type { Fields } from './codexLines';

/** Between the person's own AGENTS.md (`$CODEX_HOME`) and those of the project, which come after it. */
const projectMark = '\n\n--- project-doc ---\n\n';
/** Versions of winter 2025/26 put a list of skills behind the instructions. */
const skillsList = /(?:^|\n\n)## Skills\nThese skills are discovered at startup[\s\S]*$/;
/** The message in which the model is given them; before autumn 2025 `<user_instructions>`. */
const given =
  /^\s*# AGENTS\.md instructions[^\n]*\n\n<INSTRUCTIONS>\n([\s\S]*?)(?:\n<\/INSTRUCTIONS>\s*)?$|^\s*<user_instructions>\n\n([\s\S]*?)(?:\n\n<\/user_instructions>\s*)?$/;

/**
 * AGENTS.md as it was in force, of an instructions text. Of a project with one such file the hash is that file's. Where
 * there are several (one in each folder down to the session's) the text is all of them, and where the person has one of
 * their own and the project none it is that one: the hash is of no file of the project then. Sources: `agents_md.rs`,
 * `project_doc.rs` and `context/user_instructions.rs` in `codex-rs/core/src`.
 */
function promptOf(instructions: string, hash: Hash): readonly LoadedPrompt[] {
  const mark = instructions.indexOf(projectMark);
  const project = mark < 0 ? instructions : instructions.slice(mark + projectMark.length);
  const text = project.replace(skillsList, '');
  return text.trim() === '' ? [] : [{ path: 'AGENTS.md', contentHash: hash.sha256(text) }];
}

/** Of the session's metadata: `instructions`, in older versions `user_instructions`. */
export function promptsOfSession(fields: Fields, hash: Hash): readonly LoadedPrompt[] {
  const text = firstText(fields, ['instructions', 'user_instructions']);
  return text === undefined ? [] : promptOf(text, hash);
}

/** Of a text of a user message; none when it is not the message that gives the instructions. */
export function promptsOfMessage(text: string, hash: Hash): readonly LoadedPrompt[] {
  const found = given.exec(text);
  return found ? promptOf(found[1] ?? found[2] ?? '', hash) : [];
}

/** Of a `world_state` line, which newer versions write at the beginning and when something in it has changed. */
export function promptsOfWorld(fields: Fields, hash: Hash): readonly LoadedPrompt[] {
  const state = fields['state'];
  const text = isRecord(state) ? firstText(state['agents_md'], ['text']) : undefined;
  return text === undefined ? [] : promptOf(text, hash);
}
