import type { CorrectionSource } from '../../capture/correctionSource';
import { checkpointSchema } from '../../capture/fileFindings';
import { transcriptsCache } from '../../capture/transcriptReading';
import type { HealthCheck, HealthContext, Observation } from '../healthCheck';

const dayInMilliseconds = 86_400_000;

interface SourceState {
  readonly files: number;
  readonly trouble: readonly string[];
  /** The newest session, where it was not read to its end. */
  readonly unread?: { readonly path: string; readonly days: number };
}

/** The file that was changed last. Asks for many at a time: there may be thousands. */
async function newestOf(
  { probes }: HealthContext,
  files: readonly string[],
): Promise<{ readonly path: string; readonly at: number } | undefined> {
  let newest: { path: string; at: number } | undefined;
  for (let start = 0; start < files.length; start += 64) {
    const part = files.slice(start, start + 64);
    const times = await Promise.all(part.map((file) => probes.changedAt(file)));
    for (const [index, at] of times.entries()) {
      const path = part[index];
      if (at !== undefined && path !== undefined && at > (newest?.at ?? -Infinity)) newest = { path, at };
    }
  }
  return newest;
}

/** Did the last import read this file to its end? By the point at which it stopped, else by whether a session of the file is known. */
async function isRead(
  { ports, records }: HealthContext,
  source: CorrectionSource,
  path: string,
): Promise<boolean> {
  const kept = checkpointSchema.safeParse(await ports.cache.read(transcriptsCache, `${source.name}:${path}`));
  if (kept.success) return (await source.open(path, kept.data.point)).news === 'nothing';
  const sessions = (await records.log('sessions')).records;
  return sessions.some((session) => session.path === path || path.endsWith(`/${session.path}`));
}

async function look(context: HealthContext, source: CorrectionSource): Promise<SourceState> {
  const { files, skipped } = await source.locate(context.configuration.sources[source.name]?.path);
  const trouble = skipped.map(({ path, reason }) => `${path}: ${reason}`);
  const newest = await newestOf(context, files);
  if (newest === undefined || (await isRead(context, source, newest.path)))
    return { files: files.length, trouble };
  const waited = (context.ports.clock.now().getTime() - newest.at) / dayInMilliseconds;
  return { files: files.length, trouble, unread: { path: newest.path, days: Math.max(0, waited) } };
}

export const sourcesCheck: HealthCheck = {
  name: 'Sources',
  checkedBy: 'found every tool’s sessions on disk, and asked whether the newest of each was read to its end',
  async run(context) {
    const { sources, configuration } = context;
    const observations: Observation[] = [];
    const told: string[] = [];
    const trouble: string[] = [];
    for (const source of sources) {
      if (!(configuration.sources[source.name]?.enabled ?? true)) continue;
      const state = await look(context, source);
      trouble.push(...state.trouble);
      if (state.files > 0)
        told.push(`${source.name} ${state.files}${state.unread ? ' (new ones unread)' : ''}`);
      if (state.unread) observations.push({ kind: 'unread-source', source: source.name, ...state.unread });
    }
    if (trouble.length > 0) {
      return {
        status: 'degraded',
        detail: `cannot be read: ${trouble.slice(0, 3).join('; ')}`,
        observations,
      };
    }
    if (told.length === 0) return { status: 'unknown', detail: 'No sessions were found.', observations };
    const { days, enabled } = configuration.alerts.rules.staleSource;
    const stale = enabled && observations.some((each) => each.kind === 'unread-source' && each.days > days);
    return { status: stale ? 'degraded' : 'healthy', detail: `sessions: ${told.join(', ')}`, observations };
  },
};
