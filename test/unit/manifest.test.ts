import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { collections, logs } from '../../src/core/model/collections';
import { defaultConfiguration } from '../../src/core/model/configuration';
import * as ids from '../../src/host/ids';

const root = new URL('../../', import.meta.url);
const inProject = (path: string): string => fileURLToPath(new URL(path, root));

const command = z.object({
  command: z.string(),
  title: z.string().check(z.minLength(1)),
  category: z.string(),
  enablement: z.optional(z.string()),
});
const entry = z.object({ command: z.string(), when: z.optional(z.string()), group: z.optional(z.string()) });
const manifest = z
  .object({
    name: z.string(),
    engines: z.object({ vscode: z.string() }),
    icon: z.string(),
    activationEvents: z.array(z.string()),
    enabledApiProposals: z.optional(z.array(z.string())),
    capabilities: z.object({
      untrustedWorkspaces: z.object({ supported: z.string() }),
      virtualWorkspaces: z.object({ supported: z.boolean() }),
    }),
    contributes: z.object({
      commands: z.array(command),
      menus: z.record(z.string(), z.array(entry)),
      keybindings: z.array(z.object({ command: z.string(), key: z.string(), when: z.string() })),
      viewsContainers: z.object({ activitybar: z.array(z.object({ id: z.string(), icon: z.string() })) }),
      views: z.record(z.string(), z.array(z.object({ id: z.string() }))),
      viewsWelcome: z.array(z.object({ view: z.string(), when: z.string(), contents: z.string() })),
      languages: z.array(
        z.object({ id: z.string(), extensions: z.array(z.string()), configuration: z.string() }),
      ),
      grammars: z.array(z.object({ language: z.string(), path: z.string() })),
      configurationDefaults: z.record(z.string(), z.record(z.string(), z.unknown())),
      configuration: z.object({
        properties: z.record(
          z.string(),
          z.object({ default: z.unknown(), scope: z.string(), markdownDescription: z.string() }),
        ),
      }),
      walkthroughs: z.array(
        z.object({
          steps: z.array(z.object({ description: z.string(), media: z.object({ markdown: z.string() }) })),
        }),
      ),
    }),
  })
  .parse(JSON.parse(readFileSync(inProject('package.json'), 'utf8')));
const { contributes } = manifest;
const commandNames: readonly string[] = Object.values(ids.commandIds);

/** Where the product lets any extension contribute; other places are proposals, absent in the product people have. */
const stableMenus = ['commandPalette', 'view/title', 'view/item/context', 'editor/title', 'editor/context'];

describe('the manifest', () => {
  it('contributes the commands that the code registers, and no other', () => {
    expect(contributes.commands.map((one) => one.command).sort()).toEqual([...commandNames].sort());
  });

  it('has each command once in the code, and all of them in the registry', () => {
    const folder = inProject('src/host/commands');
    const texts = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
    const defined = texts.flatMap((text) =>
      [...text.matchAll(/\bid: commandIds\.(\w+)/g)].map(([, key]) => key),
    );
    expect(defined.sort()).toEqual(Object.keys(ids.commandIds).sort());
    const registry = readFileSync(`${folder}/registry.ts`, 'utf8');
    const listed = registry.slice(registry.indexOf('= [')).match(/^ {2}\w+,$/gm);
    expect(listed?.length).toBe(commandNames.length);
  });

  it('gives every command a title and the category', () => {
    for (const one of contributes.commands) expect(one).toMatchObject({ category: ids.category });
    expect(new Set(contributes.commands.map((one) => one.title)).size).toBe(contributes.commands.length);
  });

  it('names only known commands in menus, key bindings, welcome views and the walkthrough', () => {
    const named = [
      ...Object.values(contributes.menus).flatMap((menu) => menu.map((one) => one.command)),
      ...contributes.keybindings.map((one) => one.command),
    ];
    for (const name of named) expect(commandNames).toContain(name);
    const texts = [
      ...contributes.viewsWelcome.map((one) => one.contents),
      ...contributes.walkthroughs.flatMap((one) => one.steps.map((step) => step.description)),
    ];
    for (const [, name] of texts.join('\n').matchAll(/command:(claudePm\.[A-Za-z]+)/g)) {
      expect(commandNames).toContain(name);
    }
  });

  it('uses no proposed API and no proposed menu', () => {
    expect(manifest.enabledApiProposals).toBeUndefined();
    for (const menu of Object.keys(contributes.menus)) expect(stableMenus).toContain(menu);
  });

  it('shows at most three inline actions on any row', () => {
    const rows = [
      ...['agent', 'improvement', 'template', 'template;versions', 'version;compare;deploy;rollBack'],
      ...['correction', 'dismissedCorrection', 'version;compare;deploy;reopen;observed;canary'],
      ...['experiment;running;real;due', 'experiment;running;dry', 'experiment;ended;real'],
    ];
    for (const row of rows) {
      const inline = (contributes.menus['view/item/context'] ?? []).filter((one) => {
        const [, exact] = /viewItem == (\S+)/.exec(one.when ?? '') ?? [];
        const [, pattern] = /viewItem =~ \/(.+)\//.exec(one.when ?? '') ?? [];
        const fits =
          exact === undefined ? pattern !== undefined && new RegExp(pattern).test(row) : exact === row;
        return fits && one.group?.startsWith('inline');
      });
      expect(inline.length, row).toBeLessThanOrEqual(3);
    }
  });

  it('hides from the palette what only makes sense inside a review', () => {
    const conditions = new Map(contributes.menus['commandPalette']?.map((one) => [one.command, one.when]));
    const { acceptHunk, rejectHunk, whyHunk, undoDecision, acceptAll, rejectAll, finishReview } =
      ids.commandIds;
    for (const name of [acceptHunk, rejectHunk, whyHunk, undoDecision, acceptAll, rejectAll, finishReview]) {
      expect(conditions.get(name), name).toContain(`resourceScheme == ${ids.schemes.proposal}`);
    }
    expect(conditions.has(ids.commandIds.deploy)).toBe(false);
    expect(conditions.has(ids.commandIds.rollBack)).toBe(false);
  });

  it('hides from the palette what needs a row of the Corrections view', () => {
    const conditions = new Map(contributes.menus['commandPalette']?.map((one) => [one.command, one.when]));
    const { openCorrectionSource, editCorrection, dismissCorrection, restoreCorrection, forgetCorrections } =
      ids.commandIds;
    const ofRows = [openCorrectionSource, editCorrection, dismissCorrection, restoreCorrection];
    for (const name of [...ofRows, forgetCorrections]) expect(conditions.get(name), name).toBe('false');
    expect(conditions.has(ids.commandIds.recordCorrection)).toBe(false);
  });

  it('hides from the palette what needs a pattern of the report', () => {
    const conditions = new Map(contributes.menus['commandPalette']?.map((one) => [one.command, one.when]));
    expect(conditions.get(ids.commandIds.dismissPattern)).toBe('false');
    expect(conditions.has(ids.commandIds.exportReport)).toBe(false);
  });

  it('offers in the palette what needs an experiment only while one runs', () => {
    const conditions = new Map(contributes.menus['commandPalette']?.map((one) => [one.command, one.when]));
    const { startCanary, showCanary, checkCanary, promoteCanary, abortCanary } = ids.commandIds;
    for (const name of [checkCanary, promoteCanary, abortCanary]) {
      expect(conditions.get(name), name).toBe(ids.contextKeys.canaryRuns);
    }
    for (const name of [startCanary, showCanary]) {
      expect(conditions.get(name), name).toBe(`${ids.contextKeys.state} == ready`);
    }
  });

  it('offers to dismiss a correction or to restore it, never both', () => {
    const offered = (command: string) =>
      (contributes.menus['view/item/context'] ?? [])
        .filter((one) => one.command === command)
        .map((one) => /viewItem == (\S+)/.exec(one.when ?? '')?.[1]);
    expect(offered(ids.commandIds.dismissCorrection)).toEqual(['correction', 'correction']);
    expect(offered(ids.commandIds.restoreCorrection)).toEqual(['dismissedCorrection', 'dismissedCorrection']);
  });

  it('disables in Restricted Mode every command that writes or reads outside the folder', () => {
    const browsing: readonly string[] = [
      ids.commandIds.reviewImprovement,
      ids.commandIds.reviewAll,
      ids.commandIds.nextHunk,
      ids.commandIds.previousHunk,
      ids.commandIds.whyHunk,
      ids.commandIds.showConflict,
      ids.commandIds.showOrigin,
      ids.commandIds.showReport,
      ids.commandIds.showMonitoring,
      ids.commandIds.showCanary,
      ids.commandIds.compareVersions,
      ids.commandIds.searchVersions,
      ids.commandIds.openDocumentation,
      ids.commandIds.openLog,
      ids.commandIds.refresh,
      ids.commandIds.openCorrectionSource,
      ids.commandIds.filterCorrections,
      ids.commandIds.clearCorrectionFilter,
      ids.commandIds.checkPrompts,
      ids.commandIds.openScenarios,
      ids.commandIds.verifyAudit,
      ids.commandIds.showAudit,
      ids.commandIds.showTemplateAudit,
    ];
    for (const one of contributes.commands) {
      expect(one.enablement?.includes('isWorkspaceTrusted') ?? false, one.command).toBe(
        !browsing.includes(one.command),
      );
    }
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
    expect(manifest.capabilities.virtualWorkspaces.supported).toBe(false);
  });

  it('agrees with the code on the name, views, language, schemes and context keys', () => {
    expect(manifest.name).toBe(ids.extensionName);
    expect(manifest.engines.vscode).toBe('^1.101.0');
    expect(contributes.viewsContainers.activitybar.map((one) => one.id)).toEqual([ids.viewContainerId]);
    expect(contributes.views[ids.viewContainerId]?.map((one) => one.id)).toEqual([
      ids.templatesViewId,
      ids.correctionsViewId,
    ]);
    expect(ids.correctionsFolder).toBe(logs.corrections.folder);
    expect(ids.historyFolders).toEqual(
      [collections.versions, collections.deployments, collections.observations].map(({ folder }) => folder),
    );
    expect(contributes.languages).toMatchObject([{ id: ids.languageId, extensions: [ids.promptExtension] }]);
    expect(contributes.configurationDefaults[`[${ids.languageId}]`]).toMatchObject({
      'diffEditor.codeLens': true,
      'diffEditor.ignoreTrimWhitespace': false,
    });
    for (const scheme of Object.values(ids.schemes)) {
      expect(manifest.activationEvents).toContain(`onFileSystem:${scheme}`);
    }
    expect(manifest.activationEvents).toContain(`workspaceContains:${ids.dataFolder}`);
    expect(manifest.activationEvents).not.toContain('*');
    const used = new Set(
      JSON.stringify(contributes).match(
        /claudePm\.(?:state|hasCorrections|running|paused|canaryRuns|correctionsFiltered|cannotDeploy)\b/g,
      ),
    );
    expect([...used].sort()).toEqual([...Object.values(ids.contextKeys)].sort());
  });

  it('mirrors every configuration key with its default', () => {
    const { schemaVersion: _, ...defaults } = defaultConfiguration;
    expect([...ids.settingKeys].sort()).toEqual(Object.keys(defaults).sort());
    const properties = contributes.configuration.properties;
    const keys = [...ids.settingKeys, ...ids.personalSettingKeys, ids.promptLensesSetting];
    expect(Object.keys(properties)).toEqual(keys.map((key) => `${ids.settingsSection}.${key}`));
    for (const key of ids.settingKeys) {
      expect(properties[`${ids.settingsSection}.${key}`]?.default, key).toEqual(defaults[key]);
    }
  });

  it('lets no folder choose a model, its address, its time or what may be spent', () => {
    for (const key of ids.personalSettingKeys) {
      expect(contributes.configuration.properties[`${ids.settingsSection}.${key}`], key).toMatchObject({
        scope: 'machine',
      });
      expect(Object.keys(defaultConfiguration)).not.toContain(key);
    }
  });

  it('names only files that are there', () => {
    const files = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map((one) => one.icon),
      ...contributes.languages.map((one) => one.configuration),
      ...contributes.grammars.map((one) => one.path),
      ...contributes.walkthroughs.flatMap((one) => one.steps.map((step) => step.media.markdown)),
    ];
    for (const file of files) expect(existsSync(inProject(file)), file).toBe(true);
  });
});
