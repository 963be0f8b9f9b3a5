import type { ValidationReport } from '../model/validation';
import { plural } from '../report/format';
import type { DeploymentDashboard } from './deploymentDashboard';
import { type Figure, figureOf } from './figure';
import type { FoundCorrection } from './monitoringRecords';
import { shareOf } from './share';

/** Nobody knows how many corrections were missed, and only people know which were none. */
export function detectionFigure(corrections: readonly FoundCorrection[]): Figure {
  const found = corrections.filter(({ source }) => source !== 'manual');
  const dismissed = found.filter(({ edited }) => edited?.dismissed === true).length;
  const judged = found.filter(({ edited }) => edited !== undefined).length;
  const { value, interval } = shareOf(found.length - dismissed, judged === 0 ? 0 : found.length);
  return figureOf({
    id: 'detection',
    label: 'Found corrections that nobody dismissed',
    unit: 'share',
    value,
    interval,
    sample: { size: found.length, of: 'corrections' },
    target: { bound: 'above', value: 0.8 },
    proxy: true,
    measured:
      value === null
        ? 'A stand-in for detection accuracy. It is measured once people look through the corrections, dismiss those that are none, or change one: so far there is no sign that anybody has.'
        : `A stand-in for detection accuracy: of ${plural(found.length, 'correction')} found, people dismissed ${dismissed} as none and handled ${judged}. One that nobody looked at counts as kept; one that was missed does not count at all.`,
  });
}

export function validationFigure(reports: readonly ValidationReport[]): Figure {
  const ofImprovements = reports.filter(({ improvementId }) => improvementId !== null);
  const have = (verdict: ValidationReport['verdict']) =>
    ofImprovements.filter((report) => report.verdict === verdict).length;
  const isStatic = ofImprovements.filter(({ tier }) => tier === 'static').length;
  const { value, interval } = shareOf(have('ship'), ofImprovements.length);
  return figureOf({
    id: 'validation',
    label: 'Validations passed',
    unit: 'share',
    value,
    interval,
    sample: { size: ofImprovements.length, of: 'validations' },
    target: { bound: 'above', value: 0.7 },
    measured:
      value === null
        ? 'Run Improvement or Validate Improvement measures it: no improvement was validated yet.'
        : `The last verdict about each improvement: ${have('ship')} ship, ${have('reject')} reject, ${have('inconclusive')} inconclusive, which is not passed. ${isStatic} of them rest on the static tier, a proxy in which no model ran.`,
  });
}

export function deploymentFigure({ success, refused }: DeploymentDashboard): Figure {
  const { value, interval, count, of } = success;
  return figureOf({
    id: 'deployment',
    label: 'Deployments succeeded',
    unit: 'share',
    value,
    interval,
    sample: { size: of, of: 'deployments and rollbacks' },
    target: { bound: 'above', value: 0.9 },
    measured:
      value === null
        ? 'Deploying a version or rolling one back measures it: neither was done yet.'
        : `Of ${of} deployments and rollbacks that were begun, ${count} were read back from every file and held what they should. ${refused} that a gate refused were not begun.`,
  });
}

/** Only the client itself can tell, run with and without the hooks; nothing in a workspace does. */
export function overheadFigure(): Figure {
  return figureOf({
    id: 'overhead',
    label: 'Overhead on the agent',
    unit: 'share',
    value: null,
    sample: { size: 0, of: 'pairs of sessions' },
    target: { bound: 'below', value: 0.05 },
    measured:
      'A workspace does not record it. "npm run bench" in the extension’s sources runs the real Claude Code client with its hooks on and off and prints the ratio.',
  });
}
