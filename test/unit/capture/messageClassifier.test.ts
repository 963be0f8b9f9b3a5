import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeMessage, messageThresholds } from '../../../src/core/capture/message/messageClassifier';
import weights from '../../../src/core/capture/message/messageWeights.json';
import { isReusable } from '../../../src/core/capture/message/reusable';
import { fitModels, leaveOneProjectOut, type Prediction, score } from '../../training/models';
import { exampleOf, labelledTurns } from '../../training/turns';

const examples = labelledTurns(path.join(import.meta.dirname, '../../training')).map(exampleOf);
const isCorrection = ({ example }: Prediction) => example.turn.correction;

/** As an import decides: with the answer where there is one, by the words alone where there is none. */
function isTaken({ words, answered }: Prediction): boolean {
  if (answered === undefined) return words >= messageThresholds.words;
  return answered >= messageThresholds.answered || words >= messageThresholds.certain;
}

describe('the message classifier on projects that it was not fitted on', () => {
  const predictions = leaveOneProjectOut(examples);
  const given = predictions.filter(({ example }) => example.turn.readers === 2);

  it('reaches precision 0.75 and recall 0.6 on the turns that two readers judged', () => {
    const { precision, recall } = score(given, isTaken, isCorrection);
    expect(precision).toBeGreaterThanOrEqual(0.75);
    expect(recall).toBeGreaterThanOrEqual(0.6);
  });

  it('reaches that on unmarked turns drawn at random too, where the answer is known', () => {
    const answered = predictions.filter((one) => one.answered !== undefined);
    const { precision, recall } = score(answered, isTaken, isCorrection);
    expect(precision).toBeGreaterThanOrEqual(0.75);
    expect(recall).toBeGreaterThanOrEqual(0.6);
  });

  it('is better than a list of keywords by the words alone, and better still with the answer', () => {
    const keywords = /\b(?:no|not|wrong|don'?t|why did|revert|undo|should|instead|never)\b/i;
    const answered = predictions.filter((one) => one.answered !== undefined);
    const f1 = (said: (one: Prediction) => boolean) => score(answered, said, isCorrection).f1;
    const byKeywords = f1(({ example }) => keywords.test(example.turn.text));
    const byWords = f1(({ words }) => words >= messageThresholds.words);
    expect(byWords).toBeGreaterThan(byKeywords);
    expect(f1(isTaken)).toBeGreaterThan(byWords);
  });
});

it('marks what states a rule for next time, where two readers judged it so, with precision 0.75 and recall 0.4', () => {
  const judged = examples.filter(({ turn }) => turn.readers === 2 && typeof turn.reusable === 'boolean');
  const { precision, recall } = score(
    judged,
    ({ turn }) => isReusable(turn.text),
    ({ turn }) => turn.reusable === true,
  );
  expect(precision).toBeGreaterThanOrEqual(0.75);
  expect(recall).toBeGreaterThanOrEqual(0.4);
});

it('has the weights that the training script gives', () => {
  expect(fitModels(examples)).toEqual(weights);
});

describe('a message in another language', () => {
  const around = { after: undefined, previousAgentOutput: 'Done.' };

  it.each([
    'Nein, das ist falsch, mach das rückgängig',
    'Non, ce n’est pas ça, tu as oublié les tests',
    'No, eso está mal, te dije que usaras pnpm',
    'Não, está errado, você esqueceu de rodar os testes',
  ])('is read where the language is one of the few: %s', (words) => {
    expect(judgeMessage(words, around).likelihood).toBeGreaterThan(0.5);
  });

  it.each([
    'Ja, bitte mach weiter mit dem nächsten Schritt',
    'Oui, continue avec la prochaine étape',
    'Sí, ahora añade una página de inicio',
    'Sim, agora crie uma página de login para o app',
  ])('is not taken for a correction when it is none: %s', (words) => {
    expect(judgeMessage(words, around).likelihood).toBeLessThan(0.5);
  });

  it.each([
    'это неправильно, исправь ошибку',
    '这是错的，请改回来',
    'それは間違っています',
    'nie, to jest źle, cofnij tę zmianę',
  ])('is not misread where it is not: %s', (words) => {
    expect(judgeMessage(words, around)).toMatchObject({ likelihood: 0 });
  });
});
