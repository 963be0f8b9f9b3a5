import type { PromptDocument } from '../../prompt/promptDocument';
import { placeRule } from '../place/placement';
import { fitRule } from '../style/fitRule';
import { isForeign, itemsAt, styleOf } from '../style/promptStyle';
import type { Edit } from './strategy';

/** The rule at its place, in the style of the list that it joins. `where`: for the reason. */
export function styledPlace(
  document: PromptDocument,
  rule: string,
  wanted: readonly string[],
): Omit<Edit, 'because'> & { readonly where: string } {
  const { where, alternatives: _, ...edit } = placeRule(document, rule, wanted);
  const fitted = fitRule(rule, styleOf(itemsAt(document, edit.startLine)));
  const note = isForeign(document) ? ', in English though the prompt is not' : '';
  return { ...edit, after: edit.after.replace(rule, () => fitted), where: where + note };
}
