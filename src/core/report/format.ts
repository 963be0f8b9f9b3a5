import type { EvidenceTier, Verdict } from '../model/common';

/** `0.834` as "83%". */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** A difference of shares in percentage points, always with its sign. */
export function points(difference: number): string {
  const rounded = Math.round(difference * 1000) / 10;
  return `${rounded > 0 ? '+' : ''}${rounded} pp`;
}

/** A p-value; tiny ones as a bound, since more digits would claim more than a test can know. */
export function pValue(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

/** A share or score in [0, 1] with the digits that it can bear. */
export function score(value: number): string {
  return value.toFixed(2);
}

/** An identifier as words: `approach_correction`, `tool-rejected`. */
export function inWords(identifier: string): string {
  return identifier.replaceAll(/[_-]/g, ' ');
}

/** Thousands apart, in the same way on every machine. */
export function grouped(amount: number): string {
  return String(amount).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

export function signed(amount: number): string {
  return amount > 0 ? `+${amount}` : String(amount);
}

export function plural(amount: number, noun: string, nouns = `${noun}s`): string {
  return `${grouped(amount)} ${amount === 1 ? noun : nouns}`;
}

/** The day of an ISO time, as its own offset says. */
export function day(isoTime: string): string {
  return isoTime.slice(0, 10);
}

export const tierLabels: Readonly<Record<EvidenceTier, string>> = {
  static: 'static (proxy: no model ran)',
  replay: 'replay (a model ran both prompts)',
  observed: 'observed (corrections in real use)',
};

export const verdictLabels: Readonly<Record<Verdict, string>> = {
  ship: 'Ship',
  reject: 'Reject',
  inconclusive: 'Inconclusive',
};
