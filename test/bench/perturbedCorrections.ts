import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Correction } from '../../src/core/model/correction';
import { seededRandom } from '../../src/node/seededRandom';

interface Turn {
  readonly text: string;
  readonly correction: boolean;
}

const dropped = 0.12;
const swapped = 0.08;
const longest = 600;
const perSession = 4;
const start = Date.UTC(2026, 0, 1);
const minute = 60_000;
const agents = ['main', 'main', 'main', 'implementer', 'reviewer'];
const severities = ['low', 'medium', 'medium', 'high'] as const;

/** Words of the people who corrected agents in the training turns of the classifier. */
function realTexts(): string[] {
  const file = path.join('test', 'training', 'turns.jsonl');
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Turn => JSON.parse(line))
    .filter(({ correction }) => correction)
    .map(({ text }) => text.slice(0, longest));
}

/**
 * Corrections one after the other: real ones drawn again and again (text k about 1/k as often as the first, Zipf's law; each to one agent), each
 * time with words left out and words of other texts in it. The same number gives the same corrections.
 */
export function* perturbedCorrections(count: number): Generator<Correction> {
  const random = seededRandom(7);
  const texts = realTexts();
  const pool = texts.flatMap((text) => text.split(/\s+/)).filter((word) => word.length > 3);
  const below = (limit: number): number => Math.floor(random.next() * limit);
  for (let index = 0; index < count; index++) {
    const place = Math.floor(texts.length ** random.next()) - 1;
    const text = texts[place] ?? '';
    const words = text.split(' ').flatMap((word) => {
      const chance = random.next();
      if (chance < dropped) return [];
      return chance < dropped + swapped ? (pool[below(pool.length)] ?? word) : word;
    });
    const session = Math.floor(index / perSession);
    yield {
      schemaVersion: 1,
      correctionId: `bench-${String(index).padStart(7, '0')}`,
      source: 'claude-code',
      signal: index % 5 === 0 ? 'tool-rejected' : 'message',
      agentType: agents[place % agents.length] ?? 'main',
      sessionId: `session-${session}`,
      timestamp: new Date(start + index * minute).toISOString(),
      correctionType: 'approach_correction',
      severity: severities[below(severities.length)] ?? 'medium',
      userCorrection: words.join(' '),
      originalResponse: 'I changed the files as you asked and ran the tests.',
      likelihood: 1,
      standingInstruction: false,
      evidence: { path: `sessions/session-${session}.jsonl`, line: (index % perSession) + 1 },
      redactions: 0,
    };
  }
}
