import { words } from '../../text/words';
import { isOrder, type PromptStyle } from './promptStyle';

/** Topics that a label may name, by a stem of the rule. Only what hardly means another thing. */
const topics: ReadonlyMap<string, string> = new Map(
  (
    'test:Tests commit:Commits branch:Branches comment:Comments depend:Dependencies log:Logging format:Formatting lint:Linting ' +
    'migrat:Migrations document:Documentation error:Errors secret:Secrets import:Imports deploi:Deployment emoji:Emojis'
  )
    .split(' ')
    .map((pair): [string, string] => {
      const [stemmed = '', label = ''] = pair.split(':');
      return [stemmed, label];
    }),
);

function small(text: string): string {
  // Names and code keep their capitals: "API keys", "TypeScript files".
  return /^\p{Lu}\p{Ll}*(?=[\s,])/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function behindOpening(rule: string, opening: string): string {
  const not = /^do not /i.exec(rule);
  if (not !== null) return `${opening} not ${rule.slice(not[0].length)}`;
  const adverb = /^(?:always|never|only) /i.exec(rule);
  const body = adverb === null ? rule : rule.slice(adverb[0].length);
  return isOrder(body) ? `${opening} ${adverb === null ? '' : adverb[0].toLowerCase()}${small(body)}` : rule;
}

function labelOf(rule: string): string | undefined {
  const found = new Set(words(rule).flatMap((word) => topics.get(word) ?? []));
  const [only] = found;
  return found.size === 1 ? only : undefined;
}

/** An order as a line among others of that style: their opening, label, first letter and period. The order's words stay. */
export function fitRule(rule: string, style: PromptStyle): string {
  let text = style.opening === undefined ? rule : behindOpening(rule, style.opening);
  const oneSentence = !/[.!?]\s/.test(text);
  if (style.period === 'none' && oneSentence) text = text.replace(/\.$/, '');
  if (style.smallLetters) text = small(text);
  const label = style.boldLead === undefined ? undefined : labelOf(rule);
  if (label === undefined || style.boldLead === undefined) return text;
  return style.boldLead === ':' ? `**${label}**: ${text}` : `**${label}**${style.boldLead} ${text}`;
}
