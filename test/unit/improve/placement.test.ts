import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Placement, placeRule } from '../../../src/core/improve/place/placement';
import { type PromptDocument, readPrompt } from '../../../src/core/prompt/promptDocument';
import { splitLines } from '../../../src/core/prompt/splitLines';
import { applyHunks } from '../../../src/core/review/applyHunks';

function placed(base: string, rule: string, wanted: readonly string[] = []): Placement {
  return placeRule(readPrompt(base), rule, wanted);
}

function insert(base: string, placement: Placement): string {
  const { section, startLine, before, after } = placement;
  return applyHunks(base, [
    {
      hunkId: 'h_0',
      strategy: 'additive',
      section,
      startLine,
      before,
      after,
      reason: '',
      patternIds: [],
      evidence: [],
      confidence: 1,
      tokenDelta: 0,
      decision: 'pending',
    },
  ]);
}

function edited(base: string, rule: string): string {
  return insert(base, placed(base, rule));
}

describe('the section', () => {
  const prompt = `# Shop

A shop for tea.

## Architecture

- The server answers requests for prices.
- The database keeps orders.

## Testing

- Run the unit tests before every commit.
- Write a failing test first.

## Don'ts

- Never commit secrets.
- Never edit generated files.

## Examples

- Run the unit tests and the coverage report.
`;

  it('is the one whose rules are most like it', () => {
    expect(placed(prompt, 'Run the integration tests before every release.').where).toBe('under “Testing”');
  });

  it('is the list of what not to do for what must not be done', () => {
    expect(placed(prompt, 'Never commit generated code.').where).toBe("under “Don'ts”");
  });

  it('is never one that shows examples, and the next best ones are told', () => {
    const { section, alternatives } = placed(prompt, 'Read the coverage report of the unit tests.');
    expect(section).toBe('Shop > Testing');
    expect(alternatives.length).toBeGreaterThan(0);
    expect(alternatives.map(({ heading }) => heading)).not.toContain('Examples');
    expect(alternatives.map(({ heading }) => heading)).not.toContain('Testing');
    for (const { line, heading } of alternatives)
      expect(prompt.split('\n')[line - 1]).toMatch(new RegExp(`^#+ ${heading}$`));
  });

  it('is found for a rule with a placeholder in angle brackets, which Markdown takes for HTML', () => {
    expect(placed(prompt, 'Run the unit tests with --mode <mode> before a release.').section).toBe(
      'Shop > Testing',
    );
  });

  it("follows the corrections' words where the rule's own say nothing", () => {
    expect(placed(prompt, 'Ask first.', ['databas', 'order']).section).toBe('Shop > Architecture');
  });

  it('is a new one where none is about it, or else the one that is there for rules', () => {
    expect(placed(prompt, 'Greet politely.').section).toBe('Shop > Working agreements');
    const withRules = prompt.replace('## Examples', '## Rules\n\n- Be brief.\n\n## Examples');
    expect(placed(withRules, 'Greet politely.').where).toBe('under “Rules”');
  });
});

describe('the rule is put in the style of its surroundings', () => {
  const rule = 'Run the tests twice.';
  it.each([
    ['stars', '## Tests\n\n* Run tests.\n', '## Tests\n\n* Run tests.\n* Run the tests twice.\n'],
    ['a wide gap', '## Tests\n\n-   Run tests.\n', '## Tests\n\n-   Run tests.\n-   Run the tests twice.\n'],
    ['an indent', '## Tests\n\n  - Run tests.\n', '## Tests\n\n  - Run tests.\n  - Run the tests twice.\n'],
    ['boxes', '## Tests\n\n- [x] Run tests.\n', '## Tests\n\n- [x] Run tests.\n- [ ] Run the tests twice.\n'],
    [
      'numbers',
      '## Tests\n\n1) Run tests.\n2) Look.\n',
      '## Tests\n\n1) Run tests.\n2) Look.\n3) Run the tests twice.\n',
    ],
    [
      'one number for all',
      '## Tests\n\n1. Run tests.\n1. Look.\n',
      '## Tests\n\n1. Run tests.\n1. Look.\n1. Run the tests twice.\n',
    ],
    [
      'bullets behind numbers',
      '## Tests\n\n- Run tests.\n\n1. Run tests.\n2. Look.\n',
      '## Tests\n\n- Run tests.\n- Run the tests twice.\n\n1. Run tests.\n2. Look.\n',
    ],
    [
      'a loose list',
      '## Tests\n\n- Run tests.\n\n- Look.\n',
      '## Tests\n\n- Run tests.\n\n- Look.\n\n- Run the tests twice.\n',
    ],
    [
      'the list that is most like it',
      '## Work\n\n- Run all tests.\n\nThen:\n\n- Be kind.\n',
      '## Work\n\n- Run all tests.\n- Run the tests twice.\n\nThen:\n\n- Be kind.\n',
    ],
    [
      'paragraphs',
      '## Tests\n\nAlways run tests first.\n\nNever skip a test here.\n',
      '## Tests\n\nAlways run tests first.\n\nNever skip a test here.\n\nRun the tests twice.\n',
    ],
    [
      "prose, with the prompt's own bullet",
      '## Tests\n\nWe run tests.\n\n## Other\n\n* One.\n',
      '## Tests\n\nWe run tests.\n\n* Run the tests twice.\n\n## Other\n\n* One.\n',
    ],
    [
      'a tag around the section',
      '<rules>\n## Tests\n\nWe run tests.\n</rules>\n',
      '<rules>\n## Tests\n\nWe run tests.\n\n- Run the tests twice.\n</rules>\n',
    ],
    [
      'a tag within the section',
      '## Tests\n\n<rules>\n- Run tests.\n</rules>\n<more>\n</more>\n',
      '## Tests\n\n<rules>\n- Run tests.\n- Run the tests twice.\n</rules>\n<more>\n</more>\n',
    ],
    [
      'a rule across the page behind the section',
      '## Tests\n\nWe run tests.\n\n---\n\n## Other\n',
      '## Tests\n\nWe run tests.\n\n- Run the tests twice.\n\n---\n\n## Other\n',
    ],
    [
      'a table',
      '## Tests\n\n| run | tests |\n|---|---|\n| a | b |\n',
      '## Tests\n\n| run | tests |\n|---|---|\n| a | b |\n\n- Run the tests twice.\n',
    ],
    [
      'code that ends the section',
      '## Tests\n\nRun tests:\n\n```sh\n- npm test\n```\n\n## Other\n',
      '## Tests\n\nRun tests:\n\n```sh\n- npm test\n```\n\n- Run the tests twice.\n\n## Other\n',
    ],
    [
      'a comment that looks like a list',
      '## Tests\n\n- Run tests.\n\n<!--\n- Run the tests.\n-->\n',
      '## Tests\n\n- Run tests.\n- Run the tests twice.\n\n<!--\n- Run the tests.\n-->\n',
    ],
    [
      'an example that looks like a list',
      '## Tests\n\n- Run tests.\n\n<example>\n- Run the tests.\n</example>\n',
      '## Tests\n\n- Run tests.\n- Run the tests twice.\n\n<example>\n- Run the tests.\n</example>\n',
    ],
    [
      'an underlined heading',
      'Tests\n-----\n\n## Other\n\n- One.\n',
      'Tests\n-----\n\n- Run the tests twice.\n\n## Other\n\n- One.\n',
    ],
  ])('%s', (_, base, expected) => {
    expect(edited(base, rule)).toBe(expected);
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    expect(edited(`\uFEFF${crlf(base)}`, rule)).toBe(`\uFEFF${crlf(expected)}`);
    expect(edited(base.replace(/\n$/, ''), rule)).toBe(expected.replace(/\n$/, ''));
  });
});

/** Headings as CommonMark itself has them. */
function outline({ lines, frontmatterLines }: PromptDocument): string[] {
  const body = lines
    .slice(frontmatterLines)
    .join('')
    .replace(/^\uFEFF/, '');
  return fromMarkdown(body).children.flatMap((node) =>
    node.type === 'heading'
      ? [`${node.depth} ${body.slice(node.position?.start.offset, node.position?.end.offset)}`]
      : [],
  );
}

/** What must hold of every placement; the sentence that says what does not. */
function flaw(base: string, rule: string): string | undefined {
  const document = readPrompt(base);
  const placement = placeRule(document, rule, []);
  const text = insert(base, placement);
  const now = readPrompt(text);
  const added = splitLines(placement.after).length;
  const { startLine } = placement;
  const bare = (lines: readonly string[]) => lines.map((line) => line.replace(/[\r\n]+$/, ''));
  const rest = bare([...now.lines.slice(0, startLine), ...now.lines.slice(startLine + added)]);
  if (rest.join('\n') !== bare(document.lines).join('\n')) return 'a line that is not its own has changed';
  if (now.frontmatterLines !== document.frontmatterLines) return 'the frontmatter has changed';
  const isNew = (line: number) => line > startLine && line <= startLine + added;
  const own = now.instructions.filter(({ line }) => isNew(line));
  if (own.map(({ text }) => text.replace(/^\[ \] /, '')).join() !== rule)
    return `it reads back as ${JSON.stringify(own)}`;
  if (own[0]?.section !== placement.section)
    return `it stands under ${own[0]?.section}, not ${placement.section}`;
  const hidden = [...now.codeBlocks, ...now.comments, ...now.tables, ...now.examples];
  if (hidden.some((each) => own.some(({ line }) => line >= each.startLine && line <= each.endLine)))
    return 'it stands in code, a comment, a table or an example';
  const heading = /new heading/.test(placement.where)
    ? [splitLines(placement.after).find((line) => /^#/.test(line))]
    : [];
  const headings = outline(now).filter(
    (each) => !heading.some((line) => each === `${line?.indexOf(' ')} ${line?.trim()}`),
  );
  if (headings.join('\n') !== outline(document).join('\n')) return 'the outline has changed';
  return undefined;
}

const rules = fc.constantFrom(
  'Run the tests before every commit.',
  'Never push to main without asking.',
  'When a task is done, update its status and its document.',
  'Use small functions with clear names.',
  'Answer in the language of the question.',
);

const fixtures = path.join(import.meta.dirname, '../../fixtures/coverage/prompts');
const samples = readdirSync(fixtures).map((name) => readFileSync(path.join(fixtures, name), 'utf8'));

describe('in every real prompt', () => {
  it('a rule stands as an instruction, and every other line, the frontmatter and the outline are as they were', () => {
    const text = fc
      .tuple(fc.constantFrom(...samples), fc.boolean(), fc.boolean(), fc.boolean())
      .map(([sample, crlf, mark, ended]) => {
        const lines = ended ? sample : sample.replace(/\s+$/, '');
        return (mark ? '\uFEFF' : '') + (crlf ? lines.replace(/\r?\n/g, '\r\n') : lines);
      });
    fc.assert(
      fc.property(text, rules, (base, rule) => {
        expect(flaw(base, rule)).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  it('a rule that was put in makes room for the next one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.uniqueArray(rules, { minLength: 2 }), (sample, several) => {
        let base = sample;
        for (const rule of several) {
          expect(flaw(base, rule)).toBeUndefined();
          base = edited(base, rule);
        }
      }),
      { numRuns: 8 },
    );
  });

  /** Every so many prompts of the corpus; all of them with PLACEMENT_EVERY=1, which takes a minute. */
  const every = Number(process.env['PLACEMENT_EVERY'] ?? 8);
  const corpus = path.join(import.meta.dirname, '../../../.cache/data/prompts');
  it.skipIf(!existsSync(corpus))(
    'of the corpus as well, where it is at hand',
    () => {
      const row = z.object({ path: z.string(), text: z.string() });
      const files = readdirSync(corpus).filter((name) => name.endsWith('.current.jsonl'));
      const flaws = files.flatMap((name) =>
        readFileSync(path.join(corpus, name), 'utf8')
          .split('\n')
          .filter((line, index) => line !== '' && index % every === 0)
          .flatMap((line) => {
            const { path: file, text } = row.parse(JSON.parse(line));
            const found = flaw(text, 'Run the tests before every commit.');
            return found === undefined ? [] : [`${file}: ${found}`];
          }),
      );
      expect(flaws).toEqual([]);
    },
    300_000,
  );
});

describe('whatever the text', () => {
  it('a place is found, without a throw', () => {
    const block = fc.constantFrom(
      '# A\n',
      '## Run\n\n',
      'Tests\n---\n',
      '- run tests\n',
      '1. run\n',
      '  - nested\n',
      '```\n',
      '<!--\n',
      '-->\n',
      '<a>\n',
      '</a>\n',
      '> quote\n',
      '| a | b |\n',
      '|---|---|\n',
      '---\n',
      '\n',
      '\t- tab\n',
      '***\n',
      'Example:\n',
      'plain text\n',
    );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 14 }), (blocks) => {
        const base = blocks.join('');
        const placement = placed(base, 'Run the tests.');
        expect(splitLines(base).length).toBeGreaterThanOrEqual(placement.startLine);
        expect(insert(base, placement)).toContain('Run the tests.');
      }),
      { numRuns: 400 },
    );
  });
});
