import { type Document, LineCounter, type Node, parseDocument } from 'yaml';
import { PipelineError } from '../errors';
import { patternOf } from './checks/text';
import { type Check, type SuiteScenario, suiteSchema } from './scenarioSuite';

function invalid(name: string, line: number | undefined, what: string): PipelineError {
  const place = line === undefined ? name : `${name}:${line}`;
  return new PipelineError('INVALID_INPUT', `${place}: ${what}`, {
    subject: place,
    remedy: 'Correct the file; nothing was run.',
  });
}

/** Line (from 1) of the nearest node that stands at a path or above it. */
function lineAt(
  document: Document.Parsed,
  lines: LineCounter,
  path: readonly PropertyKey[],
): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node: Node | undefined | null =
      length === 0 ? document.contents : (document.getIn(path.slice(0, length), true) as Node | undefined);
    const start = node && typeof node === 'object' && 'range' in node ? node.range?.[0] : undefined;
    if (start !== undefined) return lines.linePos(start).line;
  }
  return undefined;
}

/** What only running it would show otherwise. */
function problemOf(check: Check): string | undefined {
  if (check.type !== 'regex' && check.type !== 'not-regex') return undefined;
  try {
    patternOf(check.value);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}

/** Places in the list below `scenarios:`, where the file has one. */
function listOf(value: unknown): { readonly list: unknown; readonly prefix: readonly string[] } {
  const under = typeof value === 'object' && value !== null && !Array.isArray(value) && 'scenarios' in value;
  return under ? { list: value.scenarios, prefix: ['scenarios'] } : { list: value, prefix: [] };
}

/**
 * Reads scenarios from YAML or JSON: a list of them, or a map that holds one as `scenarios`.
 * @param name of the file, for errors
 * @throws PipelineError INVALID_INPUT with the file and the line
 */
export function readSuite(text: string, name: string): readonly SuiteScenario[] {
  return readPlacedSuite(text, name).map(({ scenario }) => scenario);
}

export interface PlacedScenario {
  readonly scenario: SuiteScenario;
  /** Counts from 1. */
  readonly line: number;
}

/** The same with the line that each scenario begins at. @throws PipelineError INVALID_INPUT */
export function readPlacedSuite(text: string, name: string): readonly PlacedScenario[] {
  const lines = new LineCounter();
  // Aliases could unfold into more than memory holds.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [problem] = document.errors;
  if (problem) throw invalid(name, lines.linePos(problem.pos[0]).line, problem.message);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw invalid(name, undefined, error instanceof Error ? error.message : String(error));
  }
  const { list, prefix } = listOf(value);
  const read = suiteSchema.safeParse(list);
  if (!read.success) {
    const issue = read.error.issues[0];
    const path = issue?.path ?? [];
    const at = path.map(String).join('.');
    throw invalid(
      name,
      lineAt(document, lines, [...prefix, ...path]),
      `${at === '' ? 'The scenarios' : at}: ${issue?.message ?? 'cannot be read'}.`,
    );
  }
  const seen = new Set<string>();
  for (const [index, { checks }] of read.data.entries()) {
    for (const [place, check] of checks.entries()) {
      const problem = problemOf(check);
      if (problem === undefined) continue;
      const path = [...prefix, index, 'checks', place, 'value'];
      throw invalid(name, lineAt(document, lines, path), `${check.type}: ${problem}`);
    }
  }
  for (const [index, { id }] of read.data.entries()) {
    if (seen.has(id)) {
      throw invalid(
        name,
        lineAt(document, lines, [...prefix, index, 'id']),
        `The id “${id}” stands there twice.`,
      );
    }
    seen.add(id);
  }
  return read.data.map((scenario, index) => ({
    scenario,
    line: lineAt(document, lines, [...prefix, index]) ?? 1,
  }));
}
