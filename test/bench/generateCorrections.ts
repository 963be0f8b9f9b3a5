import type { Correction } from '../../src/core/model/correction';

const agents = ['main', 'implementer', 'refactorer', 'cleaner'];
const openings = [
  'no,',
  'please',
  'again:',
  'I told you to',
  'you should',
  "don't forget to",
  'stop,',
  'wait,',
  '',
];
const verbs = [
  'run',
  'update',
  'check',
  'remove',
  'rename',
  'commit',
  'document',
  'revert',
  'move',
  'split',
  'test',
];
const things = [
  'the unit tests',
  'the changelog',
  'the session workspace',
  'the type annotations',
  'that helper function',
  'the task specification',
  'the error message',
  'the import order',
  'the configuration file',
  'the database migration',
  'the public interface',
  'the branch name',
  'the release notes',
];
const circumstances = [
  'before you commit',
  'in the session directory',
  'instead of the main workspace',
  'with the project script',
  'as the guidelines say',
  'without asking me first',
  'in a separate change',
  'after every edit',
  'when the build fails',
];
const start = Date.UTC(2026, 0, 1);
const hour = 3_600_000;

/**
 * Corrections that resemble real ones in what matters here: a few rules are said again and again in changing words
 * (rule k about 1/k as often as the first, Zipf's law), most corrections stand alone, sessions hold about four.
 * The same number gives the same corrections.
 */
export function generateCorrections(count: number): readonly Correction[] {
  const random = mulberry32(count);
  const pick = <T>(items: readonly T[], fallback: T): T =>
    items[Math.floor(random() * items.length)] ?? fallback;
  const rules = Array.from({ length: 40 }, () => ({
    agent: pick(agents, 'main'),
    words: `${pick(verbs, '')} ${pick(things, '')} ${pick(circumstances, '')}`,
  }));
  return Array.from({ length: count }, (_, index) => {
    const recurring = random() < 0.4;
    const rule = recurring ? rules[Math.floor(rules.length ** random()) - 1] : undefined;
    const own = Array.from({ length: 3 }, () => rareWord(random)).join(' ');
    const words = rule?.words ?? `${pick(verbs, '')} ${pick(things, '')} ${own}`;
    return correction(
      index,
      rule?.agent ?? pick(agents, 'main'),
      `${pick(openings, '')} ${words} ${rareWord(random)}`,
    );
  });
}

function correction(index: number, agentType: string, userCorrection: string): Correction {
  const session = Math.floor(index / 4);
  return {
    schemaVersion: 1,
    correctionId: `bench-${String(index).padStart(7, '0')}`,
    source: 'claude-code',
    signal: index % 5 === 0 ? 'tool-rejected' : 'message',
    agentType,
    sessionId: `session-${session}`,
    timestamp: new Date(start + (session % 8000) * hour).toISOString(),
    correctionType: 'approach_correction',
    severity: 'medium',
    userCorrection: userCorrection.trim(),
    originalResponse: 'Done.',
    likelihood: 1,
    standingInstruction: false,
    evidence: { path: `sessions/session-${session}.jsonl`, line: (index % 4) + 1 },
    redactions: 0,
  };
}

/** A name out of some twenty thousand, as identifiers and file names are in real corrections. */
function rareWord(random: () => number): string {
  const syllables = ['ba', 'co', 'di', 'fu', 'ge', 'ha', 'jo', 'ki', 'lu', 'me', 'no', 'pa'];
  return Array.from({ length: 4 }, () => syllables[Math.floor(random() * syllables.length)] ?? '').join('');
}

/** Tommy Ettinger's mulberry32: a small seeded generator, uniform in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
