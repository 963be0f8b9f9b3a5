// Overhead of 1,000 questions to a server that answers at once, beside promptfoo doing the same in the same run:
//   node test/bench/promptfooOverhead.mjs PATH/TO/node_modules/promptfoo
// promptfoo is 1.5 GB, so it is no dependency and this is no part of `npm run bench`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

const promptfoo = process.argv[2];
if (promptfoo === undefined) {
  console.error('usage: node test/bench/promptfooOverhead.mjs PATH/TO/node_modules/promptfoo');
  process.exit(2);
}
const cli = path.join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
const entry = path.join(promptfoo, 'dist', 'src', 'entrypoint.js');
const folder = mkdtempSync(path.join(tmpdir(), 'overhead-'));
const scenarios = Array.from(
  { length: 500 },
  (_, index) =>
    `- id: s${index}\n  task: Do thing ${index}.\n  checks:\n    - {type: contains, value: done}\n`,
).join('');

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    const choices = [
      { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'All done' } },
    ];
    const usage = { prompt_tokens: 20, completion_tokens: 2, total_tokens: 22 };
    response.end(
      JSON.stringify({ id: 'c', object: 'chat.completion', created: 1, model: 'm', choices, usage }),
    );
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${server.address().port}/v1`;

const report = `process.on('exit', () => process.stderr.write('MAXRSS ' + process.resourceUsage().maxRSS + '\\n'))`;

/** Runs a Node program and gives its seconds and its largest memory in MB. */
function measured(args) {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(report)}`, ...args],
      {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: {
          ...process.env,
          HOME: folder,
          OPENAI_API_KEY: 'none',
          PROMPTFOO_DISABLE_TELEMETRY: '1',
          PROMPTFOO_DISABLE_UPDATE: '1',
        },
      },
    );
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', reject);
    child.on('close', () => {
      const memory = Math.max(
        0,
        ...[...text.matchAll(/MAXRSS (\d+)/g)].map(([, kilobytes]) => Number(kilobytes) / 1024),
      );
      resolve({ seconds: (performance.now() - start) / 1000, memory });
    });
  });
}

try {
  writeFileSync(path.join(folder, 'a.md'), 'A prompt\n');
  writeFileSync(path.join(folder, 'b.md'), 'B prompt\n');
  writeFileSync(path.join(folder, 's.yaml'), scenarios);
  const model = ['--model', 'openai-compatible:m', '--base-url', address];
  await measured([
    cli,
    'suite',
    'export',
    '--scenarios',
    's.yaml',
    '--prompt',
    'a.md',
    '--prompt',
    'b.md',
    ...model,
  ]);
  if (!readdirSync(folder).includes('promptfooconfig.yaml')) throw new Error('Build first: npm run build');
  for (const concurrency of ['1', '16']) {
    const ours = await measured([
      ...[cli, 'compare', '--a', 'a.md', '--b', 'b.md', '--scenarios', 's.yaml', '--no-cache', '--quiet'],
      ...[...model, '--concurrency', concurrency],
    ]);
    const theirs = await measured([
      ...[
        entry,
        'eval',
        '-c',
        'promptfooconfig.yaml',
        '--no-cache',
        '--no-table',
        '--no-write',
        '-j',
        concurrency,
      ],
    ]);
    const show = ({ seconds, memory }) => `${seconds.toFixed(2)} s, ${Math.round(memory)} MB`;
    console.log(
      `1,000 calls, concurrency ${concurrency}: ours ${show(ours)}; promptfoo ${show(theirs)}; ` +
        `${(ours.seconds / theirs.seconds).toFixed(2)} of its time (aim: below 0.50), ${(ours.memory / theirs.memory).toFixed(2)} of its memory (aim: below 0.50)`,
    );
  }
} finally {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
}
