import type { Correction, PromptInForce } from '../../core/model/correction';
import { markdownText } from '../markdownText';
import { oneLine } from '../plainText';
import { plural } from '../plural';
import { basisInWords, isDismissed, signalName, typeName } from './words';

/** Texts are shown up to these lengths; the source has the whole. */
const wordsLength = 700;
const excerptLength = 400;
const reasonLength = 160;
const nameLength = 120;
const hashLength = 8;

function plain(text: string, limit: number): string {
  return markdownText(oneLine(text, limit));
}

/** All that is known of a correction, as Markdown. Texts of records are untrusted and escaped. */
export function correctionTooltip(correction: Correction, locale?: string): string {
  const { userCorrection, originalResponse, edit } = correction;
  const did = originalResponse.trim();
  return [
    userCorrection.trim() === '' ? '*No words*' : `**“${plain(userCorrection, wordsLength)}”**`,
    ...(did === '' ? [] : [`The agent had done: “${plain(did, excerptLength)}”`]),
    ...(edit ? [changed(edit)] : []),
    '---',
    facts(correction, locale)
      .map((fact) => `- ${fact}`)
      .join('\n'),
  ].join('\n\n');
}

function changed({ file, before, after }: NonNullable<Correction['edit']>): string {
  const part = (text: string) => (text.trim() === '' ? 'nothing' : `“${plain(text, excerptLength / 2)}”`);
  return `Changed in ${plain(file, nameLength)}: ${part(before)} became ${part(after)}`;
}

function facts(correction: Correction, locale: string | undefined): readonly string[] {
  const { correctionType, severity, reasons, redactions, edited, evidence, promptInForce } = correction;
  const because = (reason: string | undefined) =>
    reason === undefined ? '' : ` (${plain(reason, reasonLength)})`;
  const changedFields = edited?.fields.map((field) => plain(field, nameLength)) ?? [];
  return [
    `Agent: ${plain(correction.agentType, nameLength)}, ${plain(when(correction.timestamp, locale), nameLength)}`,
    `Type: ${typeName(correctionType)}${because(reasons?.correctionType)}`,
    `Severity: ${severity}${because(reasons?.severity)}`,
    `Signal: ${signalName(correction.signal)}${likelihood(correction)}`,
    ...(correction.standingInstruction ? ['States a standing instruction'] : []),
    ...(promptInForce ? [promptText(promptInForce)] : []),
    ...(redactions > 0 ? [`${plural(redactions, 'secret')} redacted`] : []),
    ...(changedFields.length > 0 ? [`Changed by you: ${changedFields.join(', ')}`] : []),
    ...(isDismissed(correction) ? [`Dismissed as no correction${because(edited?.reason)}`] : []),
    evidence.line === 0
      ? `Source: ${plain(evidence.path, nameLength)}`
      : `Source: ${plain(evidence.path, nameLength)}, line ${evidence.line}`,
  ];
}

function when(timestamp: string, locale: string | undefined): string {
  return new Date(timestamp).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
}

/** Only words can be mistaken for a correction: what was done was done. */
function likelihood({ signal, likelihood: figure }: Correction): string {
  if (signal !== 'message') return '';
  const word = figure >= 0.8 ? 'likely' : figure >= 0.5 ? 'rather likely' : 'doubtful';
  return `, ${word} a correction: ${figure.toFixed(2)}, by the words`;
}

function promptText({ path, version, contentHash, basis }: PromptInForce): string {
  const which = version ?? (contentHash === undefined ? '' : contentHash.slice(0, hashLength));
  const named = [plain(path, nameLength), plain(which, nameLength)].filter((part) => part !== '');
  return `Prompt in force: ${named.join(' ')} (${basisInWords[basis]})`;
}
