import type { CorrectionType, Severity, Signal } from '../../core/model/common';
import type { Correction, PromptInForce } from '../../core/model/correction';

// How records' own terms are said to a person.

export function typeName(type: CorrectionType): string {
  return type.replaceAll('_', ' ');
}

export function signalName(signal: Signal): string {
  return signal.replaceAll('-', ' ');
}

export const severityMeaning: Readonly<Record<Severity, string>> = {
  low: 'a matter of taste, or no harm done',
  medium: 'wrong, and set right in passing',
  high: 'said before, or much was wrong',
  critical: 'something was lost or broken',
};

export const typeMeaning: Readonly<Record<CorrectionType, string>> = {
  content_correction: 'what it wrote was wrong',
  approach_correction: 'it went about it the wrong way',
  missing_information: 'something was left out',
  incorrect_interpretation: 'it understood something else',
  quality_improvement: 'it works, but should be better',
  formatting_correction: 'the form was wrong',
  technical_correction: 'it does not work',
};

export const basisInWords: Readonly<Record<PromptInForce['basis'], string>> = {
  transcript: 'the session recorded that it was loaded',
  hook: 'the agent’s hook noted that it was loaded',
  deployment: 'it was the deployed version at that time',
  'file-history': 'the file’s history has it at that time',
};

export function isDismissed(correction: Pick<Correction, 'edited'>): boolean {
  return correction.edited?.dismissed === true;
}
