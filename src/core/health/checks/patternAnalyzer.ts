import type { HealthCheck } from '../healthCheck';

/** A pattern that rests on corrections which are not there any more shows what cannot be looked up. */
export const patternAnalyzerCheck: HealthCheck = {
  name: 'PatternAnalyzer',
  checkedBy: 'looked up the corrections that every pattern rests on',
  async run({ records }) {
    const patterns = (await records.list('patterns')).records;
    if (patterns.length === 0) return { status: 'unknown', detail: 'No pattern was found yet.' };
    const known = new Set((await records.log('corrections')).records.map(({ correctionId }) => correctionId));
    const lost = patterns.filter(({ memberIds }) => memberIds.some((id) => !known.has(id)));
    if (lost.length === 0) {
      return { status: 'healthy', detail: `${patterns.length} patterns, all of their corrections are there` };
    }
    return {
      status: 'degraded',
      detail: `${patterns.length} patterns; ${lost.length} rest on corrections that are gone (${lost[0]?.patternId}). Analyze again.`,
    };
  },
};
