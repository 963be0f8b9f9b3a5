import type { MessageLanguage } from './language';

interface Cues {
  /** Each by itself says that something is wrong. */
  readonly strong: RegExp;
  /** Two of them do. */
  readonly weak: readonly RegExp[];
  /** What agents answer when they were set right. */
  readonly acknowledged: RegExp;
}

/** Written by hand, with no labelled turns to fit them on but a few in Portuguese: the likelihoods below are rough. */
const cues: Readonly<Record<Exclude<MessageLanguage, 'en'>, Cues>> = {
  de: {
    strong:
      /^(?:nein|nee|halt|stopp?|quatsch)\b|\b(?:das ist (?:falsch|nicht richtig|nicht das)|stimmt nicht|falsch|nicht so|so nicht|habe? (?:ich )?(?:dir )?(?:doch )?gesagt|wollte ich nicht|mach das rückgängig|rückgängig|funktioniert (?:immer noch )?nicht|geht (?:immer noch )?nicht|du hast .{0,40}(?:vergessen|gelöscht|kaputt)|vergessen|warum hast du|wieso hast du)/,
    weak: [
      /\b(?:immer noch|schon wieder|wieder|nochmal)\b/,
      /\b(?:fehler|kaputt|fehlt|problem|bricht ab)\b/,
      /\b(?:sondern|stattdessen|eigentlich|lieber)\b/,
      /\b(?:nicht|kein|keine|nie|niemals)\b/,
      /\b(?:sollte|soll|muss|darf)\b/,
    ],
    acknowledged: /\b(?:du hast recht|sie haben recht|entschuldig|mein fehler|tut mir leid|stimmt)\b/,
  },
  fr: {
    strong:
      /^(?:non|stop|arrête|attends)\b|(?:c'est (?:faux|pas (?:ça|bon|correct|ce que))|ce n'est pas (?:ça|bon|correct|ce que)|\bfaux\b|je t'ai (?:déjà )?(?:dit|demandé)|je vous ai (?:déjà )?(?:dit|demandé)|annule|reviens en arrière|ne (?:marche|fonctionne) (?:toujours )?pas|tu as (?:oublié|supprimé|cassé)|vous avez (?:oublié|supprimé|cassé)|pourquoi (?:as-tu|tu as|avez-vous|vous avez))/,
    weak: [
      /\b(?:toujours|encore|de nouveau)\b/,
      /\b(?:erreur|bug|cassé|manque|problème|échoue)\b/,
      /\b(?:plutôt|au lieu|en fait)\b/,
      /\b(?:pas|jamais|aucun|aucune)\b/,
      /\b(?:devrait|doit|faut)\b/,
    ],
    acknowledged: /(?:tu as raison|vous avez raison|désolé|excuse|mon erreur|effectivement)/,
  },
  es: {
    strong:
      /^(?:no\b(?! hay problema)|para\b|espera\b|alto\b)|(?:está mal|es incorrecto|no es (?:correcto|así|eso|lo que)|\bmal\b|te (?:dije|pedí)|ya te (?:dije|pedí)|deshaz|revierte|(?:sigue sin|no) funciona|olvidaste|borraste|rompiste|por qué (?:has|hiciste|estás|borraste|cambiaste))/,
    weak: [
      /\b(?:todavía|aún|otra vez|de nuevo|sigue)\b/,
      /\b(?:error|fallo|falla|roto|falta|problema)\b/,
      /\b(?:en lugar|en vez|mejor|sino|realmente)\b/,
      /\b(?:no|nunca|ningún|ninguna)\b/,
      /\b(?:debería|debe|tiene que|hay que)\b/,
    ],
    acknowledged: /(?:tienes razón|tiene razón|disculpa|perdón|lo siento|mi error|efectivamente)/,
  },
  pt: {
    strong:
      /^(?:não\b(?! há problema| tem problema)|pare?\b|espera\b|calma\b)|(?:está errad[oa]|errad[oa]\b|incorret[oa]|não (?:é isso|está cert[oa]|foi isso|era isso)|eu (?:disse|pedi|falei)|já (?:disse|pedi|falei)|desfa(?:ça|z)|revert[ae]|(?:ainda )?não (?:funciona|funcionou)|você (?:esqueceu|apagou|removeu|quebrou)|esqueceu|por ?que você)/,
    weak: [
      /\b(?:ainda|de novo|novamente|continua)\b/,
      /\b(?:erro|falha|falhou|quebrou|quebrado|falta|faltou|faltando|problema)\b/,
      /(?:em vez|ao invés|na verdade|melhor)/,
      /\b(?:não|nunca|nenhum|nenhuma)\b/,
      /\b(?:deveria|deve|tem que|precisa)\b/,
    ],
    acknowledged: /(?:você tem razão|tem razão|desculp|meu erro|peço perdão|de fato|correto[.,!])/,
  },
};

/** Rough likelihood of a correction in one of the languages that are read by cues alone, and the cues that spoke for it. */
export function judgeForeign(
  own: string,
  language: Exclude<MessageLanguage, 'en'>,
  reply: string | undefined,
): { readonly likelihood: number; readonly because: readonly string[] } {
  const plain = own.toLowerCase().replaceAll('’', "'").trim().slice(0, 700);
  const { strong, weak, acknowledged } = cues[language];
  const found = strong.exec(plain);
  const weaker = weak.flatMap((cue) => cue.exec(plain)?.[0] ?? []);
  const agreed = acknowledged.exec((reply ?? '').toLowerCase().slice(0, 300));
  const because = [found?.[0], ...weaker, agreed?.[0]].flatMap((words) =>
    words === undefined ? [] : [`“${words.trim()}”`],
  );
  const question = /\?\s*$/.test(plain) && !found;
  const base = found ? 0.7 : weaker.length >= 3 && !question ? 0.55 : weaker.length >= 2 ? 0.35 : 0.15;
  return { likelihood: Math.min(0.95, base + (agreed ? 0.3 : 0)), because: because.slice(0, 3) };
}
