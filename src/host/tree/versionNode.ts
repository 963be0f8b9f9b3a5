import compare from 'semver/functions/compare';
import * as vscode from 'vscode';
import type { Observation } from '../../core/model/observation';
import type { Deployment, Template, TemplateVersion } from '../../core/model/template';
import { observationalLabel, periodLines } from '../../core/observe/observationText';
import { versionUri } from '../review/uris';
import type { TreeNode } from './node';

function marks(version: TemplateVersion, template: Template): string[] {
  const found: string[] = [];
  if (version.version === template.currentVersion) found.push('current');
  if (version.version === template.deployedVersion) found.push('deployed');
  // What is active is marked as deployed.
  if (version.status !== 'active') found.push(version.status);
  for (const tag of version.tags ?? []) found.push(`#${tag}`);
  return found;
}

function icon(version: TemplateVersion, template: Template): vscode.ThemeIcon {
  if (version.version === template.deployedVersion) {
    return new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('charts.green'));
  }
  if (version.status === 'draft') return new vscode.ThemeIcon('edit');
  if (version.version === template.currentVersion) return new vscode.ThemeIcon('circle-filled');
  return new vscode.ThemeIcon('circle-outline');
}

/** What can be done with a version, as words that `when` clauses look for. */
function abilities(version: TemplateVersion, template: Template, events: readonly Deployment[]): string {
  const found = ['version'];
  if ((version.tags ?? []).length > 0) found.push('tagged');
  if (version.version !== template.currentVersion) found.push('compare');
  if (version.status === 'draft' || version.status === 'testing') return found.join(';');
  const deployed = template.deployedVersion;
  if (version.version === deployed) {
    // The deployed version can be taken back when a deployment put it there.
    if (events.some((event) => event.kind !== 'adopt')) found.push('rollBack');
  } else if (deployed !== null && compare(version.version, deployed) < 0) {
    found.push('rollBack');
  } else {
    found.push('deploy');
    if (version.improvementId !== undefined && version.status === 'approved') found.push('reopen');
  }
  return found.join(';');
}

/** What a version stands in. */
export interface VersionContext {
  readonly template: Template;
  readonly events: readonly Deployment[];
  readonly observations: readonly Observation[];
  /** A version that waits can be given to a share of the sessions. */
  readonly canTry: boolean;
}

export class VersionNode extends vscode.TreeItem implements TreeNode {
  readonly children: readonly TreeNode[] = [];
  readonly templateId: string;
  readonly version: string;
  readonly #marks: readonly string[];
  readonly #record: TemplateVersion;
  readonly #observation: Observation | undefined;

  constructor(
    version: TemplateVersion,
    { template, events, observations, canTry }: VersionContext,
    readonly parent: TreeNode,
  ) {
    super(version.version);
    this.templateId = version.templateId;
    this.version = version.version;
    const found = marks(version, template);
    this.id = `version:${version.versionId}`;
    const observation = observations.filter((each) => each.after.version === version.version).at(-1);
    this.contextValue = [
      abilities(version, template, events),
      ...(observation === undefined ? [] : ['observed']),
      ...(canTry && version.status === 'approved' ? ['canary'] : []),
    ].join(';');
    this.description = [...found, version.changeSummary].join(' · ');
    this.iconPath = icon(version, template);
    this.#marks = found;
    this.#record = version;
    this.#observation = observation;
    this.accessibilityInformation = { label: [`Version ${version.version}`, ...found].join(', ') };
    this.command = {
      command: 'vscode.open',
      title: 'Show Version',
      arguments: [
        versionUri(template, version.version),
        { preview: true },
        `${template.path} ${version.version}`,
      ],
    };
  }

  /** What the record says, for the tooltip: untrusted, as plain text. The first line is the version with its marks. */
  get facts(): readonly string[] {
    const { version, changeSummary, origin, author, createdAt, validation, notes = [] } = this.#record;
    const observation = this.#observation;
    return [
      this.#marks.length === 0 ? version : `${version} (${this.#marks.join(', ')})`,
      changeSummary,
      `${origin} by ${author}, ${createdAt}`,
      ...(validation ? [`Test: ${validation.verdict} (${validation.tier} tier)`] : []),
      ...notes.map(({ text, author: by, at }) => `Note by ${by}, ${at}: ${text}`),
      ...(observation === undefined ? [] : [...periodLines(observation), observationalLabel]),
    ];
  }
}
