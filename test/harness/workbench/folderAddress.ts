import type { VscodeServer } from '../vscodeServer.ts';

/** The address that shows a folder in a served workbench. */
export function folderAddress(server: VscodeServer, folder: string): string {
  return `${server.address}/?folder=${encodeURIComponent(folder).replaceAll('%2F', '/')}`;
}
