import { judgeMessage } from '../../src/core/capture/message/messageClassifier';
import { fitLogistic, type Logistic, likelihood } from './logistic';
import type { Example } from './turns';

/** The classifier's two models: by the words, and by the words and the agent's answer. */
export interface Models {
  readonly words: Logistic;
  readonly answered: Logistic;
}

export function fitModels(examples: readonly Example[]): Models {
  const spoken = examples.filter(({ silent, foreign }) => !silent && !foreign);
  const sample = (features: readonly string[], outcome: boolean, { turn }: Example) => ({
    features,
    outcome,
    project: turn.repo,
  });
  return {
    words: fitLogistic(spoken.map((one) => sample(one.words, one.turn.correction, one))),
    // Turns without an answer take part: they teach the words' weights all the same.
    answered: fitLogistic(
      spoken.map((one) => sample([...one.words, ...one.reply], one.turn.correction, one)),
    ),
  };
}

export interface Prediction {
  readonly example: Example;
  readonly words: number;
  /** Undefined where the answer is not known. */
  readonly answered: number | undefined;
}

/** Each project's turns as models see them that were fitted on the other projects alone. */
export function leaveOneProjectOut(examples: readonly Example[]): readonly Prediction[] {
  const projects = [...new Set(examples.map(({ turn }) => turn.repo))].sort();
  return projects.flatMap((project) => {
    const models = fitModels(examples.filter(({ turn }) => turn.repo !== project));
    return examples.filter(({ turn }) => turn.repo === project).map((example) => predict(models, example));
  });
}

function predict(models: Models, example: Example): Prediction {
  const { silent, words, reply } = example;
  if (silent) return { example, words: 0, answered: reply.length === 0 ? undefined : 0 };
  if (example.foreign) return judgedByCues(example);
  return {
    example,
    words: likelihood(models.words, words),
    answered: reply.length === 0 ? undefined : likelihood(models.answered, [...words, ...reply]),
  };
}

function judgedByCues(example: Example): Prediction {
  const { text, agent, after, reply } = example.turn;
  const context = { after, previousAgentOutput: agent };
  return {
    example,
    words: judgeMessage(text, context).likelihood,
    answered: reply === undefined ? undefined : judgeMessage(text, context, reply).likelihood,
  };
}

export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly count: number;
}

export function score<T>(items: readonly T[], said: (item: T) => boolean, is: (item: T) => boolean): Score {
  const hits = items.filter((item) => said(item) && is(item)).length;
  const claimed = items.filter(said).length;
  const all = items.filter(is).length;
  const [precision, recall] = [hits / claimed, hits / all];
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall), count: items.length };
}
