import { judgeForeign } from './foreignCues';
import { languageOf } from './language';
import { type MessageContext, messageFeatures, replyFeatures } from './messageFeatures';
import weights from './messageWeights.json';
import { withoutPastedText } from './pastedText';
import { isProgramText } from './programText';

interface Logistic {
  readonly intercept: number;
  readonly weights: Readonly<Record<string, number>>;
}

const models: Readonly<Record<'words' | 'answered', Logistic>> = weights;

/**
 * At or above these likelihoods a message is taken for a correction: by its words while there is no answer, and with the
 * agent's answer. Words that are `certain` stand whatever the agent answers.
 */
export const messageThresholds = { words: 0.5, answered: 0.5, certain: 0.85 } as const;

/** Log odds that a stop right before adds: about half of the messages behind one correct, and a third of the others. */
const stopped = 0.7;

export interface Judgement {
  /** In [0, 1]. */
  readonly likelihood: number;
  /** What spoke for it most, in words for a reader; at most three, the strongest first. */
  readonly because: readonly string[];
}

/**
 * How likely a person corrects the agent with these words: deterministic, a logistic model over named features. 0 for texts
 * that no person worded, and for messages that hold nothing but pasted output. Where the agent's answer is known, it takes
 * part: agents acknowledge what they are told. Fitted by `npm run train` on `test/training/turns.jsonl`; how it does on
 * projects that it has not seen is asserted in the tests.
 * English; German, French, Spanish and Portuguese by a few cues; every other language gets 0, so that only hard signals count.
 */
export function judgeMessage(text: string, context: MessageContext, reply?: string): Judgement {
  const own = withoutPastedText(text).trim();
  if (isProgramText(text) || own === '') return { likelihood: 0, because: [] };
  const language = languageOf(own);
  if (language === undefined) return { likelihood: 0, because: ['in a language that is not read'] };
  if (language !== 'en') return judgeForeign(own, language, reply);
  const words = featuresOf(text, context);
  const prior = context.after === undefined ? 0 : stopped;
  if (reply === undefined) return judge(models.words, words, prior);
  return judge(models.answered, [...words, ...replyFeatures(reply)], prior);
}

let last:
  | { readonly text: string; readonly before: string; readonly features: readonly string[] }
  | undefined;

/** A message is judged twice, by its words and once it is answered: its features are the same. */
function featuresOf(text: string, context: MessageContext): readonly string[] {
  const { previousAgentOutput: before } = context;
  if (last?.text !== text || last.before !== before) {
    last = { text, before, features: messageFeatures(text, context) };
  }
  return last.features;
}

function judge({ intercept, weights: of }: Logistic, features: readonly string[], prior = 0): Judgement {
  const parts = features.map((name) => ({ name, weight: of[name] ?? 0 }));
  const odds = parts.reduce((sum, { weight }) => sum + weight, intercept + prior);
  const because = parts
    .filter(({ weight }) => weight > 0.1)
    .sort((a, b) => b.weight - a.weight)
    .flatMap(({ name }) => inWords(name))
    .slice(0, 3);
  return { likelihood: Math.round(1000 / (1 + Math.exp(-odds))) / 1000, because };
}

/** Cues have names for a reader; of the words only pairs tell one something. Names of words begin with a letter and a colon. */
function inWords(name: string): readonly string[] {
  const [, kind, words] = /^([a-z]):(.*)$/.exec(name) ?? [];
  if (kind === undefined || words === undefined) return [name.replace('plainly: ', '')];
  if (!words.includes(' ')) return [];
  return [kind === 'q' || kind === 'u' ? `the agent answered “${words}”` : `“${words}”`];
}
