import { analyzeCorrections } from '../../src/core/analysis/analyzeCorrections';
import { defaultConfiguration } from '../../src/core/model/configuration';
import { nodeHash } from '../../src/node/systemPorts';
import { openWordKnowledge } from '../../src/node/wordKnowledge';
import { generateCorrections } from './generateCorrections';

const sizes = [1_000, 10_000, 100_000];

/** How the time of the analysis grows with the number of corrections. */
export async function benchAnalysis(): Promise<void> {
  const wordVectors = await openWordKnowledge().load();
  console.log('\nAnalysis of generated corrections');
  let former: number | undefined;
  for (const size of sizes) {
    const corrections = generateCorrections(size);
    const start = performance.now();
    const { patterns, clusters } = analyzeCorrections(
      {
        corrections,
        wordVectors,
        sessions: [],
        knownPatterns: [],
        knownClusters: [],
        prompts: new Map(),
        configuration: defaultConfiguration,
        days: 365,
      },
      nodeHash,
    );
    const time = performance.now() - start;
    const growth =
      former === undefined ? '' : `, ${(time / former).toFixed(1)} times the former for 10 times as many`;
    console.log(
      `  ${String(size).padStart(7)} corrections ${time.toFixed(0).padStart(8)} ms (${clusters.length} clusters, ${patterns.length} patterns)${growth}`,
    );
    former = time;
  }
}
