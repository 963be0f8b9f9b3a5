import compare from 'semver/functions/compare';
import * as vscode from 'vscode';
import type { Deployment, Template, TemplateVersion } from '../../core/model/template';
import { markdownText } from '../markdownText';
import { versionUri } from '../review/uris';
import type { TreeNode } from './node';

function marks(version: TemplateVersion, template: Template): string[] {
  const found: string[] = [];
  if (version.version === template.currentVersion) found.push('current');
  if (version.version === template.deployedVersion) found.push('deployed');
  if (version.status === 'draft') found.push('draft');
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
  if (version.version !== template.currentVersion) found.push('compare');
  if (version.status === 'draft') return found.join(';');
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

function tooltip(version: TemplateVersion, found: readonly string[]): vscode.MarkdownString {
  const marked = found.length === 0 ? '' : ` (${found.join(', ')})`;
  const test = version.validation
    ? [`Test: ${version.validation.verdict} (${version.validation.tier} tier)`]
    : [];
  const lines = [
    version.changeSummary,
    `${version.origin} by ${version.author}, ${version.createdAt}`,
    ...test,
  ];
  return new vscode.MarkdownString(
    [`**${version.version}**${marked}`, ...lines.map(markdownText)].join('\n\n'),
  );
}

export class VersionNode extends vscode.TreeItem implements TreeNode {
  readonly children: readonly TreeNode[] = [];
  readonly templateId: string;
  readonly version: string;

  constructor(
    version: TemplateVersion,
    template: Template,
    events: readonly Deployment[],
    readonly parent: TreeNode,
  ) {
    super(version.version);
    this.templateId = version.templateId;
    this.version = version.version;
    const found = marks(version, template);
    this.id = `version:${version.versionId}`;
    this.contextValue = abilities(version, template, events);
    this.description = [...found, version.changeSummary].join(' · ');
    this.iconPath = icon(version, template);
    this.tooltip = tooltip(version, found);
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
}
