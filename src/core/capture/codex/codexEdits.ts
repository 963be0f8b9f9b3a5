import type { EventBody } from '../traceBuilder';
import { filesOfChanges, filesOfPatch, inFolder, type PatchedFile, wasApplied } from './codexPatch';

interface Patch {
  readonly text: string;
  readonly folder?: string | undefined;
}

type Edit = Extract<EventBody, { kind: 'agent-edit' }>;

/**
 * What patches put into files, each told once. An event tells it where the version writes one (`patch_apply_end`, or an
 * item `FileChange`), before the call's output comes; else the output says that the call's patch was applied.
 */
export class CodexEdits {
  readonly #patches: Map<string, Patch>;
  readonly #edited: Set<string>;

  constructor(patches?: readonly (readonly [string, Patch])[], edited?: readonly string[]) {
    this.#patches = new Map(patches);
    this.#edited = new Set(edited);
  }

  memory(): { readonly patches: [string, Patch][]; readonly edited: string[] } {
    return { patches: [...this.#patches], edited: [...this.#edited] };
  }

  asked(callId: string, patch: Patch): void {
    this.#patches.set(callId, patch);
  }

  answered(callId: string, outputs: readonly string[]): readonly Edit[] {
    const patch = this.#patches.get(callId);
    this.#patches.delete(callId);
    if (patch === undefined || !wasApplied(outputs)) return [];
    return this.#once(callId, filesOfPatch(patch.text), patch.folder);
  }

  told(callId: string, changes: unknown, folder: string | undefined): readonly Edit[] {
    this.#patches.delete(callId);
    return this.#once(callId, filesOfChanges(changes), folder);
  }

  #once(callId: string, files: readonly PatchedFile[], folder: string | undefined): readonly Edit[] {
    if (this.#edited.has(callId)) return [];
    this.#edited.add(callId);
    return files.map(({ file, added }) => {
      return { kind: 'agent-edit', toolUseId: callId, file: inFolder(folder, file), added };
    });
  }
}
