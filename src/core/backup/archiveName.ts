/** Every encrypted archive ends so; none is ever part of another one. */
export const archiveSuffix = '.tar.gz.age';

/** Below `.claude-pm/`, where no other folder is configured. */
export const archivesFolder = 'template_management/backups/archives';

/** An archive's file name from its time. No `:`, which Windows does not take. `number` tells those of one moment apart. */
export function archiveName(at: Date, number = 1): string {
  const time = at.toISOString().replaceAll(':', '-');
  return `${number === 1 ? time : `${time}-${number}`}${archiveSuffix}`;
}

/** When an archive of this name was made; undefined for a name that the product did not give. */
export function timeOfArchive(name: string): Date | undefined {
  const found = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)(?:-\d+)?\.tar\.gz\.age$/.exec(name);
  if (!found) return undefined;
  const time = new Date(`${found[1]}:${found[2]}:${found[3]}`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
