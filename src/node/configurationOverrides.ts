import * as z from 'zod/mini';
import { PipelineError } from '../core/errors';
import { type Configuration, configurationSchema } from '../core/model/configuration';
import { describeIssue } from './schemaIssues';

/** Keys that only `config.json` may hold: who calls must not be able to give themselves a role. */
const fileOnly = new Set(['roles', 'schemaVersion']);
const known: readonly string[] = Object.keys(configurationSchema.shape).filter((key) => !fileOnly.has(key));

/** Some keys of the configuration, as a caller writes them. Of a key that holds an object, what is left out has its default. */
export type ConfigurationInput = Partial<
  Omit<z.input<typeof configurationSchema>, 'roles' | 'schemaVersion'>
>;

/**
 * Keys that take precedence over `config.json`, checked by the same schema; a key that is `undefined` is left out.
 * @throws PipelineError INVALID_CONFIGURATION, naming the key
 */
export function configurationOverrides(input: ConfigurationInput): Partial<Configuration> {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  for (const key of Object.keys(given)) {
    if (fileOnly.has(key)) throw invalid(key, `${key} can only be set in .claude-pm/config.json`);
    if (!known.includes(key)) throw invalid(key, `the key "${key}" is not known`);
  }
  const checked = z.safeParse(configurationSchema, given);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw invalid(String(issue?.path[0] ?? ''), describeIssue(issue));
  }
  const whole: Partial<Configuration> = checked.data;
  return Object.fromEntries(Object.entries(whole).filter(([key]) => key in given));
}

function invalid(key: string, what: string): PipelineError {
  return new PipelineError('INVALID_CONFIGURATION', `config: ${what}.`, {
    subject: `config.${key}`,
    remedy: `Correct it, or leave it out; nothing was run. Keys: ${known.join(', ')}.`,
  });
}
