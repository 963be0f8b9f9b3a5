import { auditPage } from '../audit/auditPage';
import type { Command } from '../command';
import { loadEngine } from '../engine';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { pickTemplate } from '../pickers';

async function show(host: Host, subject: string | undefined): Promise<unknown> {
  const { auditEntries } = await loadEngine();
  const { store } = (await host.session.open()).ports;
  const { records, skipped } = await store.readLog('audit');
  for (const { path, line, reason } of skipped) host.log.warn(`${path}:${line}: ${reason}`);
  const entries = auditEntries(records, subject === undefined ? {} : { subject });
  await host.pages.show(auditPage(entries, subject), 'Audit Log');
  return { entries: entries.length };
}

/** Every change that was made: when, who, what, why. */
export const showAudit: Command = {
  id: commandIds.showAudit,
  needsTrust: false,
  run: (host) => show(host, undefined),
};

/** The same for one template. */
export const showTemplateAudit: Command = {
  id: commandIds.showTemplateAudit,
  needsTrust: false,
  async run(host, args) {
    const history = await pickTemplate(host, args.templateId, 'Show History in Audit Log', () => true);
    return history === undefined ? undefined : show(host, history.template.templateId);
  },
};
