import * as z from 'zod/mini';
import type { DefinedCommands } from '../../core/lint/promptFacts';
import { readJson } from '../jsonText';

const packageSchema = z.object({ scripts: z.optional(z.record(z.string(), z.unknown())) });

/** Names that npm runs by itself: of these scripts there are defaults. */
const npmDefaults = ['start', 'restart', 'env'];

export function readPackageJson(path: string, text: string): DefinedCommands {
  const json = readJson(text);
  const parsed = json.ok ? packageSchema.safeParse(json.value) : undefined;
  if (parsed?.success !== true) return { path, names: new Set(), open: true };
  return { path, names: new Set([...Object.keys(parsed.data.scripts ?? {}), ...npmDefaults]), open: false };
}

/** Rules by their targets. One that takes in other files, or makes targets by patterns or functions, is open. */
export function readMakefile(path: string, text: string): DefinedCommands {
  const names = new Set<string>();
  let open = /^\s*-?s?include\b|^\.DEFAULT\b|\$\(eval\b|\$\(call\b/m.test(text);
  for (const [, targets = ''] of text.replace(/\\\r?\n/g, ' ').matchAll(/^([^\s#:=][^:=#]*?)\s*::?(?!=)/gm)) {
    for (const target of targets.split(/\s+/)) {
      if (/[%$]/.test(target)) open = true;
      else names.add(target);
    }
  }
  return { path, names, open };
}

/** Recipes and aliases; modules and imports make it open. */
export function readJustfile(path: string, text: string): DefinedCommands {
  const names = new Set<string>();
  for (const [, name = ''] of text.matchAll(/^@?([A-Za-z_][\w-]*)(?:[ \t]+[^:\n]*)?:(?!=)/gm))
    names.add(name);
  for (const [, name = ''] of text.matchAll(/^alias[ \t]+([\w-]+)[ \t]*:=/gm)) names.add(name);
  return { path, names, open: /^(?:import|mod|set[ \t]+fallback)\b/m.test(text) };
}
