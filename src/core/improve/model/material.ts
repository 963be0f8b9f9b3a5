import { redact } from '../../capture/redaction/redact';
import { words } from '../../text/words';
import { carriesInjectedOrder, cleanWords } from '../write/cleanWords';
import type { RuleRequest, RuleSource } from '../write/writer';

const mostCorrections = 20;
const longestCorrection = 700;
const mostNearby = 12;
const mostHeadings = 40;
const longestLine = 240;

/** One correction as a model is shown it. */
export interface ShownCorrection {
  /** Short name that the answer refers to it by: `c1`. */
  readonly name: string;
  readonly text: string;
  readonly source: RuleSource;
}

/** All that a model is shown for one rule: data of the project, never orders. */
export interface Material {
  /** Most typical first. */
  readonly corrections: readonly ShownCorrection[];
  readonly agentType: string;
  /** The prompt's first words: who the agent is. */
  readonly role: string;
  readonly outline: readonly string[];
  /** Instructions that are about the same, as far as their words tell. */
  readonly nearby: readonly string[];
  readonly covering: string | undefined;
  readonly condition: string | undefined;
}

const plain = (text: string): string => redact(text).text.replace(/\s+/g, ' ').trim().slice(0, longestLine);

/** Instructions of a prompt may hold injected orders as well: a file of a project that somebody else wrote. */
const sound = (text: string): boolean => text !== '' && !carriesInjectedOrder(text);

/** What may be shown of a request; `undefined` when none of its corrections may be. Those that carry injected orders stay here. */
export function materialOf(request: RuleRequest): Material | undefined {
  const corrections = request.sources
    .filter(({ text }) => !carriesInjectedOrder(text))
    .map((source) => ({ source, text: redact(cleanWords(source.text)).text.slice(0, longestCorrection) }))
    .filter(({ text }) => words(text).length > 0 && !carriesInjectedOrder(text))
    .slice(0, mostCorrections)
    .map((each, index) => ({ ...each, name: `c${index + 1}` }));
  if (corrections.length === 0) return undefined;
  const { document, covering, condition, agentType } = request;
  const said = new Set(corrections.flatMap(({ text }) => words(text)));
  const nearby = document.instructions
    .map(({ text }) => ({ text, shared: new Set(words(text).filter((word) => said.has(word))).size }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .map(({ text }) => plain(text))
    .filter(sound)
    .slice(0, mostNearby);
  const role = plain(document.instructions[0]?.text ?? '');
  const covered = covering === undefined ? '' : plain(covering.text);
  const inCase = condition === undefined ? '' : plain(condition);
  return {
    corrections,
    agentType,
    role: sound(role) ? role : '',
    outline: document.sections
      .map(({ path }) => plain(path))
      .filter(sound)
      .slice(0, mostHeadings),
    nearby,
    covering: sound(covered) ? covered : undefined,
    condition: sound(inCase) ? inCase : undefined,
  };
}
