import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clusterMap } from '../../src/core/report/clusterMap';
import { reportFormats, reportPieces } from '../../src/core/report/exportReport';
import { loadCounts, loadPatterns, loadReport } from '../../src/core/report/loadReport';
import { openFileStore } from '../../src/node/fileStore';
import { openPromptFiles } from '../../src/node/promptFiles';
import { writeReportFile } from '../../src/node/reportFile';
import { nodeHash, systemClock } from '../../src/node/systemPorts';
import { writeManyRecords } from './generateRecords';
import { probe } from './probe';

/** What the report reads and writes, at the size that it must stay quick with. */
export async function benchReport(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'claude-pm-bench-'));
  try {
    writeManyRecords(folder, 5000, 100_000);
    const store = await openFileStore(path.join(folder, '.claude-pm'), { clock: systemClock });
    console.log('\nReport of 5,000 patterns and 100,000 corrections');
    const { records } = await probe('patterns with their weeks', () => loadPatterns(store));
    await probe('number of corrections, first time', () => loadCounts(store));
    await probe('number of corrections, again', () => loadCounts(store));
    const known = new Set(records.map(({ pattern }) => pattern.patternId));
    await probe('map of 5,000 clusters', async () =>
      clusterMap((await store.list('clusters')).records, known, true),
    );
    const model = await probe('everything for an export', () =>
      loadReport({
        store,
        clock: systemClock,
        promptFiles: openPromptFiles(folder, { home: folder }),
        hash: nodeHash,
      }),
    );
    for (const format of reportFormats) {
      const file = path.join(folder, `report.${format}`);
      await probe(`export as ${format}`, () => writeReportFile(file, reportPieces(model, format)));
    }
    await store.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
