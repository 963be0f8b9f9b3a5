/**
 * Function words and beginnings of orders in languages other than English that people write to agents in. Only enough to leave such
 * sentences as they are: nothing is translated, and no English form is laid over them.
 */
interface Language {
  readonly common: ReadonlySet<string>;
  readonly order: RegExp;
}

function language(common: string, order: string): Language {
  return { common: new Set(common.split(' ')), order: new RegExp(`^(?:${order})(?=[\\s,])`, 'iu') };
}

const languages: readonly Language[] = [
  language(
    'não nao de da do das dos em na os as um uma para por com sem que isso você voce nunca sempre antes depois está esta são ao pelo pela mais também foi ser sua seu quando favor',
    'não|nao|nunca|sempre|evite|pare|use|usa|utilize|rode|roda|execute|executa|faça|faz|mantenha|lembre|escreva|corrija|adicione|remova|verifique|só|apenas|por favor',
  ),
  language(
    'no de la el los las un una para por con sin que eso esto nunca siempre antes después está son al del más también fue ser su cuando favor y en es se lo',
    'no|nunca|siempre|evita|deja|usa|utiliza|ejecuta|corre|haz|mantén|recuerda|escribe|corrige|añade|agrega|quita|verifica|revisa|solo|sólo|por favor',
  ),
  language(
    'nicht der die das den dem des ein eine einen und oder ist sind nie niemals immer bitte vor nach mit ohne für auf zu im am von dass du sie es wenn kein keine noch auch nur wird werden wurde',
    'nicht|nie|niemals|immer|bitte|kein|keine|nur|verwende|benutze|nutze|nimm|führe|führ|mach|mache|lass|lasse|schreib|schreibe|teste|prüfe|prüf|ändere|lösche|vergiss|bearbeite|committe|halte|denk|denke',
  ),
  language(
    'ne pas le la les un une des de du et ou est sont jamais toujours avant après avec sans pour sur dans que ce cette tu vous il elle on quand aussi plus au aux en qui été être mais svp',
    "ne|n['’]\\p{L}+|jamais|toujours|évite|évitez|arrête|arrêtez|utilise|utilisez|lance|lancez|exécute|exécutez|fais|faites|garde|gardez|écris|écrivez|corrige|corrigez|ajoute|ajoutez|vérifie|vérifiez|seulement|pas de|s['’]il te plaît|s['’]il vous plaît",
  ),
];

const english = new Set(
  'the and is are to of in for with not do did does you your it that this on be have has was were why what when should would could can we i my from an or but if so at by just always never please'.split(
    ' ',
  ),
);

function hits(tokens: readonly string[], known: ReadonlySet<string>): number {
  return tokens.filter((token) => known.has(token)).length;
}

function languageOf(sentence: string): Language | undefined {
  const tokens = sentence.toLowerCase().match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  const inEnglish = hits(tokens, english);
  const [best] = languages
    .map((one) => ({ one, count: hits(tokens, one.common) }))
    .sort((a, b) => b.count - a.count);
  const least = /[^\p{ASCII}]\p{L}|\p{L}[^\p{ASCII}]/u.test(sentence) ? 1 : 2;
  return best !== undefined && best.count >= least && best.count > inEnglish ? best.one : undefined;
}

const refusal = /^(?:(?:não|nao|no|nein|non|nope|ok|okay|sim|sí|ja|oui)\s*[,.!:]+\s*)+/iu;
const latin = /\p{Script=Latin}/gu;
const letter = /\p{L}/gu;

/** In Portuguese, Spanish, German or French, or mostly not in Latin letters. Short sentences without function words count as English. */
export function inOtherLanguage(sentence: string): boolean {
  const letters = sentence.match(letter)?.length ?? 0;
  const inLatin = sentence.match(latin)?.length ?? 0;
  return (letters > 3 && inLatin < letters / 2) || languageOf(sentence) !== undefined;
}

/** The sentence as it stands, without "no," before it, when it begins like an order of its language. */
export function foreignOrder(sentence: string): string | undefined {
  const found = languageOf(sentence);
  const rest = sentence.replace(refusal, '').replace(/[\s.!]+$/, '');
  if (found === undefined || rest.endsWith('?') || rest.split(/\s+/).length < 2) return undefined;
  return found.order.test(rest) ? rest : undefined;
}
