import { PipelineError } from '../../core/errors';
import { pairedStatistics } from '../../core/validate/pairedStatistics';
import { seededRandom } from '../../node/seededRandom';
import type { Cli, Register } from '../cli';
import { parseJson, readStandardInput } from '../input';

/** One document over many lines, or one document a line. */
function documents(text: string): readonly { readonly document: unknown; readonly subject: string }[] {
  const lines = text
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [{ line, number: index + 1 }]));
  if (lines.length === 0) {
    throw new PipelineError('INVALID_INPUT', 'There is nothing on standard input.', {
      subject: 'standard input',
      remedy: 'Give {"a": [...], "b": [...]}.',
    });
  }
  const first = lines[0];
  if (first && lines.length > 1 && isJson(first.line)) {
    return lines.map(({ line, number }) => ({
      document: parseJson(line, `standard input:${number}`),
      subject: `standard input:${number}`,
    }));
  }
  return [{ document: parseJson(text, 'standard input'), subject: 'standard input' }];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function paired(cli: Cli): Promise<void> {
  for (const { document } of documents(await readStandardInput())) {
    // Each document starts from the seed, so that its answer does not depend on its neighbours.
    cli.output.line(JSON.stringify(pairedStatistics(document, seededRandom(cli.options.seed ?? 1))));
  }
}

export const registerStats: Register = (program, run) => {
  program
    .command('stats')
    .description('only the statistics')
    .command('paired')
    .description(
      'paired outcomes {a: [], b: [], cluster?: [], alpha?} on standard input, one document or JSON Lines',
    )
    .action(run((cli) => paired(cli)));
};
