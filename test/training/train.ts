// `npm run train`: fits the message classifier on the labelled turns, prints how it does on projects that it has not seen,
// and writes its weights. `--check` only prints; `--dismissed DIR` adds what the people of a workspace dismissed.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { messageThresholds } from '../../src/core/capture/message/messageClassifier';
import { isReusable } from '../../src/core/capture/message/reusable';
import { fitModels, leaveOneProjectOut, type Prediction, score } from './models';
import { dismissedTurns, exampleOf, labelledTurns } from './turns';

const thresholds = [0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8];
/** Projects with fewer turns tell nothing by themselves. */
const fewestTurns = 40;

const isCorrection = ({ example }: Prediction): boolean => example.turn.correction;

function line({ precision, recall, f1 }: ReturnType<typeof score>): string {
  return `P ${precision.toFixed(3)} R ${recall.toFixed(3)} F1 ${f1.toFixed(3)}`;
}

function isTaken({ words, answered }: Prediction): boolean {
  if (answered === undefined) return words >= messageThresholds.words;
  return answered >= messageThresholds.answered || words >= messageThresholds.certain;
}

function report(label: string, some: readonly Prediction[]): void {
  const answered = some.filter((one) => one.answered !== undefined);
  console.log(
    `\n${label}: ${some.length} turns (${answered.length} with the answer), ${some.filter(isCorrection).length} corrections`,
  );
  for (const threshold of thresholds) {
    const byWords = score(some, ({ words }) => words >= threshold, isCorrection);
    const byAnswer = score(answered, (one) => (one.answered ?? 0) >= threshold, isCorrection);
    console.log(`  ${threshold.toFixed(2)}  words ${line(byWords)}   with the answer ${line(byAnswer)}`);
  }
  console.log(`  as an import decides  ${line(score(some, isTaken, isCorrection))}`);
  console.log(`  where there is an answer  ${line(score(answered, isTaken, isCorrection))}`);
}

function reportAll(predictions: readonly Prediction[]): void {
  const readBy = (readers: number) => predictions.filter(({ example }) => example.turn.readers === readers);
  report('All', predictions);
  report('Read twice', readBy(2));
  report('Drawn at random and read once', readBy(1));
  for (const project of new Set(predictions.map(({ example }) => example.turn.repo))) {
    const some = predictions.filter(({ example }) => example.turn.repo === project);
    if (some.length >= fewestTurns) report(project, some);
  }
  const judged = predictions.filter(({ example }) => typeof example.turn.reusable === 'boolean');
  const marked = score(
    judged,
    ({ example }) => isReusable(example.turn.text),
    ({ example }) => example.turn.reusable === true,
  );
  console.log(`\nMarked as reusable among ${judged.length} corrections: ${line(marked)}`);
}

async function main(options: readonly string[]): Promise<void> {
  const dismissed = options.indexOf('--dismissed');
  const root = dismissed < 0 ? undefined : options[dismissed + 1];
  const own = root === undefined ? [] : await dismissedTurns(path.resolve(root));
  if (root !== undefined) console.log(`${own.length} dismissed messages of ${root}`);
  const examples = [...labelledTurns(path.resolve('test/training')), ...own].map(exampleOf);
  reportAll(leaveOneProjectOut(examples));
  if (options.includes('--check')) return;
  const file = path.resolve('src/core/capture/message/messageWeights.json');
  writeFileSync(file, `${JSON.stringify(fitModels(examples), null, 2)}\n`);
  console.log(`\nWrote ${file}`);
}

void main(process.argv.slice(2));
