import type { Figure, FigureUnit, Target } from '../../monitoring/figure';
import { grouped } from '../format';

/** A share with a decimal, so that 94.9% does not look like the 95% that it misses. */
export function share(value: number): string {
  const rounded = Math.round(value * 1000) / 10;
  return `${rounded}%`;
}

export function range([low, high]: readonly [number, number]): string {
  return `${share(low)} to ${share(high)}`;
}

/** Seconds as "0.4 s", "12 s", "3 min 5 s". */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const rest = whole % 60;
  return `${grouped(Math.floor(whole / 60))} min${rest === 0 ? '' : ` ${rest} s`}`;
}

/** Bytes as megabytes of a million. */
export function megabytes(bytes: number): string {
  return `${grouped(Math.round(bytes / 1e6))} MB`;
}

const formats: Readonly<Record<FigureUnit, (value: number) => string>> = {
  share,
  perMinute: (value) => `${grouped(Math.round(value))} a minute`,
  seconds: duration,
  bytes: megabytes,
};

export function figureText({ unit, value }: Pick<Figure, 'unit' | 'value'>): string {
  return value === null ? 'Not measured yet' : formats[unit](value);
}

export function targetText({ bound, value }: Target, unit: FigureUnit): string {
  return `${bound} ${formats[unit](value)}`;
}

/** An ISO 8601 time to the minute, in UTC; what is none stands as it is. */
export function minute(isoTime: string): string {
  const time = Date.parse(isoTime);
  return Number.isNaN(time) ? isoTime : new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
