import type { Evidence } from '../../core/model/common';
import type { Skipped } from '../../core/ports';
import type { ReportImprovement, ReportPattern } from '../../core/report/reportModel';

/** What the report has last read, for the details and for opening what it shows. */
export class ReportRecords {
  /** The most weighty first. */
  patterns = new Map<string, ReportPattern>();
  /** All patterns were read, and not just the first. */
  complete = false;
  improvements: readonly ReportImprovement[] = [];
  /** By what was being read. */
  readonly skipped = new Map<string, readonly Skipped[]>();

  /** Says whether an analysis has found other patterns or other members since. */
  keepPatterns(records: readonly ReportPattern[]): boolean {
    const members = (entry: ReportPattern | undefined) => entry?.pattern.memberIds.length;
    const before = this.patterns;
    this.complete = true;
    this.patterns = new Map(records.map((entry) => [entry.pattern.patternId, entry]));
    if (before.size !== this.patterns.size) return true;
    return records.some((entry) => members(before.get(entry.pattern.patternId)) !== members(entry));
  }

  /** The most weighty, until all are read. */
  keepFirst(records: readonly ReportPattern[]): void {
    this.patterns = new Map(records.map((entry) => [entry.pattern.patternId, entry]));
  }

  get unread(): readonly Skipped[] {
    return [...this.skipped.values()].flat();
  }

  /** The source of a correction that stands in the report; no other can be opened from it. */
  evidenceOf(correctionId: string): Evidence | undefined {
    for (const { pattern } of this.patterns.values()) {
      const exemplar = pattern.exemplars.find((one) => one.correctionId === correctionId);
      if (exemplar) return exemplar.evidence;
    }
    const hunks = this.improvements.flatMap(({ improvement }) => improvement.hunks);
    return hunks.flatMap((hunk) => hunk.evidence).find((one) => one.correctionId === correctionId)?.source;
  }
}
