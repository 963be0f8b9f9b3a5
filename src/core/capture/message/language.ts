/** Languages in which messages are classified by their words. In all others only hard signals count. */
export type MessageLanguage = 'en' | 'de' | 'fr' | 'es' | 'pt';

/** The most frequent words of each that hardly any of the others has. */
const commonWords: Readonly<Record<MessageLanguage, ReadonlySet<string>>> = {
  en: new Set(
    'the and is are you it that this what to of for we i not was with have do be can should on in if but why how please'.split(
      ' ',
    ),
  ),
  de: new Set(
    'der die das und ist nicht ich du wir ein eine einen mit für auf auch noch aber wie warum bitte kein keine sind soll sollte wird hast habe nein doch immer nur wenn den dem zu im'.split(
      ' ',
    ),
  ),
  fr: new Set(
    'le la les est pas je tu vous nous un une des et pour dans sur avec pourquoi mais que qui ne ce cette il faut non toujours jamais encore fait sont du au plus'.split(
      ' ',
    ),
  ),
  es: new Set(
    'el los las es no que de una un por para con está pero porque qué esto eso siempre nunca como más del al lo hay tiene debe debes quiero otra vez sin sigue'.split(
      ' ',
    ),
  ),
  pt: new Set(
    'o os as é não que de uma um por para com está mas porque isso esse essa sempre nunca como mais do da no na em você seu sua tem deve quero ainda sem ao foi já também'.split(
      ' ',
    ),
  ),
};

/** Characters that tell the language. */
const enough = 600;
/** Fewer words than this tell too little to take a text for another language than English. */
const fewestWords = 3;

/** The language of a person's own words; undefined for one that is not read, so that nothing is made of it. */
export function languageOf(message: string): MessageLanguage | undefined {
  const text = message.slice(0, enough);
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (letters > 0 && latin / letters < 0.7) return undefined;
  const words =
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/\p{L}+/gu)
      ?.slice(0, 120) ?? [];
  if (words.length < fewestWords && /^[\x20-\x7e\s]*$/.test(text)) return 'en';
  const hits = Object.entries(commonWords).map(
    ([language, common]) =>
      [language as MessageLanguage, words.filter((word) => common.has(word)).length] as const,
  );
  const english = hits.find(([language]) => language === 'en')?.[1] ?? 0;
  const [best, most] = hits.reduce((a, b) => (b[1] > a[1] ? b : a));
  if (most > english && most >= 2) return best;
  // Developers write tersely: a text of plain Latin letters is English unless it looks like another language.
  const foreign =
    (text.match(/[^\p{ASCII}\p{P}\p{S}\p{Emoji}\s\p{M}]/gu)?.length ?? 0) / Math.max(1, letters);
  if (foreign <= 0.03 || english / words.length >= 0.25) return 'en';
  return most > english ? best : undefined;
}
