import type { RuleScope } from '../../model/improvement';
import { folderOf, isPersonal, kindOf } from '../../prompt/kinds/kindOf';

/** The scope that a prompt's place gives its rules. */
export function scopeKindOf(path: string): RuleScope['kind'] {
  if (isPersonal(path)) return 'personal';
  if (kindOf(path)?.holds === 'agent') return 'agent';
  return folderOf(path) === '' ? 'project' : 'folder';
}
