// Scores prompts with promptfoo: npm install promptfoo, then
//   claude-pm-prompts compare … --evaluator "node promptfooEvaluator.mjs openai:chat:NAME"
import { createInterface } from 'node:readline';
import promptfoo from 'promptfoo';

const [provider = 'echo', apiBaseUrl] = process.argv.slice(2);

/** Of our checks those that promptfoo has under another name; see `suite export` for all of them. */
const assertionFor = ({ type, value }) =>
  ({
    contains: { type: 'icontains', value },
    'not-contains': { type: 'not-icontains', value },
    regex: { type: 'regex', value },
    judge: { type: 'llm-rubric', value },
  })[type];

// promptfoo tells of its progress on standard output, which is ours to answer on.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

for await (const line of createInterface({ input: process.stdin })) {
  const { id, prompt, scenario } = JSON.parse(line);
  const chat = [
    { role: 'system', content: `{% raw %}${prompt}{% endraw %}` },
    { role: 'user', content: '{{ task }}' },
  ];
  const summary = await promptfoo.evaluate(
    {
      prompts: [JSON.stringify(chat)],
      providers: [{ id: provider, ...(apiBaseUrl ? { config: { apiBaseUrl } } : {}) }],
      tests: [
        {
          vars: { task: [scenario.context, scenario.task].filter(Boolean).join('\n\n') },
          assert: scenario.checks.map(assertionFor).filter(Boolean),
        },
      ],
    },
    { maxConcurrency: 1, cache: false },
  );
  const [result] = (await summary.toEvaluateSummary?.())?.results ?? summary.results;
  const { score = 0, success: passed = false, response, gradingResult } = result;
  write(
    `${JSON.stringify({ id, score, passed, text: String(response?.output ?? ''), note: gradingResult?.reason })}\n`,
  );
}
