import { PipelineError } from '../../errors';
import type { Hunk, Improvement, RuleScope } from '../../model/improvement';
import type { Template } from '../../model/template';
import { agentOfPath, stemOfPath } from '../../prompt/kinds/agentOfPath';
import { isPersonal, kindOf } from '../../prompt/kinds/kindOf';
import { newFile } from '../../prompt/kinds/newFile';
import type { PromptKind } from '../../prompt/kinds/promptKind';
import { globsFor } from '../../prompt/kinds/renderRule';
import { adoptPrompts } from '../../templates/adoptPrompts';
import { newPrompt } from '../../templates/newPrompt';
import { getTemplate } from '../../templates/templateRecords';
import type { Transaction } from '../../transaction/allOrNothing';
import { choicesFor } from './moveChoices';
import type { MoveContext } from './moveContext';

/** Another prompt: managed already, by its path (which need not exist), or the one of a scope. */
export type MoveTarget =
  | { readonly templateId: string }
  | { readonly path: string }
  | { readonly scope: RuleScope['kind'] };

export interface TargetRequest {
  readonly target: MoveTarget;
  readonly improvement: Improvement;
  readonly hunk: Hunk;
  readonly condition: string | undefined;
}

/**
 * The template that is meant. A file that is there and not managed yet is adopted, one of the person's own only since it is named here; for
 * a file that is not there a template is made, which the transaction takes back when the move fails.
 */
export async function resolveTarget(
  context: MoveContext,
  transaction: Transaction,
  { target, improvement, hunk, condition }: TargetRequest,
): Promise<Template> {
  const { context: templates } = context.templates;
  if ('templateId' in target) return getTemplate(templates, target.templateId);
  const path =
    'path' in target ? plainPath(target.path) : await pathOfScope(context, target.scope, improvement, hunk);
  const kind = kindOf(path);
  if (kind === undefined) throw unknownPath(path);
  const known = await withPath(context, path);
  if (known) return known;
  await adoptPrompts(templates, isPersonal(path) ? { personal: [path] } : {});
  const adopted = await withPath(context, path);
  if (adopted) return adopted;
  if (kind.namedElsewhere) throw unknownPath(path);
  const facts = newFileFacts(path, kind, condition);
  return newPrompt(
    templates,
    { path, agentType: agentOfPath(path, kind), text: newFile(kind, facts) },
    transaction,
  );
}

function plainPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}

async function withPath({ ports }: MoveContext, path: string): Promise<Template | undefined> {
  return (await ports.store.list('templates')).records.find((template) => template.path === path);
}

async function pathOfScope(
  context: MoveContext,
  scope: RuleScope['kind'],
  improvement: Improvement,
  hunk: Hunk,
): Promise<string> {
  const choices = await choicesFor(context, improvement, hunk);
  const found = choices.find(({ kind, copy }) => kind === scope && !copy);
  if (found) return found.path;
  throw new PipelineError(
    'INVALID_INPUT',
    `There is no other prompt of the scope "${scope}" for this rule.`,
    {
      subject: hunk.hunkId,
      remedy: 'Name the file instead, as in src/db/CLAUDE.md; nothing was changed.',
    },
  );
}

function unknownPath(path: string): PipelineError {
  return new PipelineError('INVALID_INPUT', 'No tool that is known reads a prompt of that name.', {
    subject: path.slice(0, 200).replace(/\p{Cc}/gu, '\uFFFD'),
    remedy:
      'Name a file such as CLAUDE.md, .claude/rules/sql.md or .cursor/rules/sql.mdc; nothing was changed.',
  });
}

function newFileFacts(path: string, kind: PromptKind, condition: string | undefined) {
  const globs = kind.narrowedBy === undefined ? [] : globsFor(condition);
  const named = kind.holds === 'agent' || kind.holds === 'task' ? { name: stemOfPath(path, kind) } : {};
  const files = condition?.replace(/^\w+ on /, 'Rules for ');
  return { globs, ...(globs.length > 0 && files !== undefined ? { name: files } : named) };
}
