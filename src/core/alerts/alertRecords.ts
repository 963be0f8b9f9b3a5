import type { Alert } from '../model/alert';
import type { AlertRuleName, AlertRules } from '../model/alertRules';
import { schemaVersion } from '../model/common';
import type { Hash } from '../ports';
import type { Condition } from './alertRule';

/** The same event has the same id, whoever sees it. */
export function alertIdOf(
  hash: Hash,
  rule: string,
  { subject, event }: Pick<Condition, 'subject' | 'event'>,
) {
  return `al_${hash.sha256(JSON.stringify([rule, subject, event])).slice(0, 16)}`;
}

/** Between two notes that an alert still holds. Milliseconds. */
const seenAgainAfter = 600_000;

/** Longest message that is kept. UTF-16 units; what alerts quote is paths and reasons. */
const longest = 600;

const clipped = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

export function newAlert(
  hash: Hash,
  rule: AlertRuleName,
  rules: AlertRules,
  condition: Condition,
  now: string,
): Alert {
  const { subject, event, path, line, message, remedy } = condition;
  return {
    schemaVersion,
    alertId: alertIdOf(hash, rule, condition),
    rule,
    severity: rules[rule].severity,
    subject: clipped(subject),
    event: clipped(event),
    ...(path === undefined ? {} : { path }),
    ...(line === undefined ? {} : { line }),
    message: clipped(message),
    remedy: clipped(remedy),
    raisedAt: now,
    lastSeenAt: now,
    resolvedAt: null,
    notifiedAt: null,
  };
}

/** An open alert that is seen again; the same object where there is nothing to write. */
export function seenAgain(known: Alert, seen: Alert): Alert {
  const same = known.message === seen.message && known.severity === seen.severity && known.line === seen.line;
  const recent = Date.parse(seen.lastSeenAt) - Date.parse(known.lastSeenAt) < seenAgainAfter;
  if (same && recent) return known;
  const { notifiedAt, raisedAt, acknowledgedAt, webhook } = known;
  return {
    ...seen,
    raisedAt,
    notifiedAt,
    ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }),
    ...(webhook === undefined ? {} : { webhook }),
  };
}
