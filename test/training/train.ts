// `npm run train`: fits the message classifier on the labelled turns, prints how it does on projects that it has not seen,
// and writes its weights. `--check` only prints.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { messageThresholds } from '../../src/core/capture/message/messageClassifier';
import { fitModels, leaveOneProjectOut, type Prediction, score } from './models';
import { exampleOf, labelledTurns } from './turns';

const examples = labelledTurns(path.resolve('test/training')).map(exampleOf);
const predictions = leaveOneProjectOut(examples);
const isCorrection = ({ example }: Prediction) => example.turn.correction;

function report(label: string, some: readonly Prediction[]): void {
  console.log(`\n${label}: ${some.length} turns, ${some.filter(isCorrection).length} corrections`);
  for (const threshold of [0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8]) {
    const byWords = score(some, ({ words }) => words >= threshold, isCorrection);
    const answered = some.filter((one) => one.answered !== undefined);
    const byAnswer = score(answered, (one) => (one.answered ?? 0) >= threshold, isCorrection);
    console.log(
      `  ${threshold.toFixed(2)}  words ${line(byWords)}   with the answer (${answered.length}) ${line(byAnswer)}`,
    );
  }
  const { words, answered, certain } = messageThresholds;
  const asShipped = (one: Prediction) =>
    one.answered === undefined ? one.words >= words : one.answered >= answered || one.words >= certain;
  console.log(`  as shipped  ${line(score(some, asShipped, isCorrection))}`);
}

function line({ precision, recall, f1 }: ReturnType<typeof score>): string {
  return `P ${precision.toFixed(3)} R ${recall.toFixed(3)} F1 ${f1.toFixed(3)}`;
}

report('All', predictions);
report(
  'Given (two readers)',
  predictions.filter(({ example }) => example.turn.readers === 2),
);
report(
  'Added (one reader)',
  predictions.filter(({ example }) => example.turn.readers === 1),
);
for (const project of new Set(predictions.map(({ example }) => example.turn.repo))) {
  const some = predictions.filter(({ example }) => example.turn.repo === project);
  if (some.length >= 40) report(project, some);
}
const corrections = predictions.filter(({ example }) => typeof example.turn.reusable === 'boolean');
console.log(`\nStanding instructions among ${corrections.length} corrections`);
for (const threshold of [0.4, 0.5, 0.6, 0.7, 0.8]) {
  const found = score(
    corrections,
    ({ reusable }) => reusable >= threshold,
    ({ example }) => example.turn.reusable === true,
  );
  console.log(`  ${threshold.toFixed(2)}  ${line(found)}`);
}

if (!process.argv.includes('--check')) {
  const file = path.resolve('src/core/capture/message/messageWeights.json');
  writeFileSync(file, `${JSON.stringify(fitModels(examples), null, 1)}\n`);
  console.log(`\nWrote ${file}`);
}
