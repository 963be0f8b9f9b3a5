import { firstText, isRecord } from '../claudeCode/claudeCodeLines';
import type { Place, TraceBuilder } from '../traceBuilder';
import { CodexEdits } from './codexEdits';
import { type Fields, textParts } from './codexLines';
import type { CodexMemory } from './codexMemory';
import { denialIn, outputTexts } from './codexRejection';
import { codexCall, isCall } from './codexTools';
import { CodexWords, isInjected, typedWords } from './codexWords';

/** What the thread's lines are read with. */
export interface CodexCircumstances {
  readonly trace: TraceBuilder;
  /** The line is this session's own, and not copied from another: what people did in it counts here. */
  readonly own: boolean;
  /** Messages and interrupts are a person's, and not an agent's above it or a program's. */
  readonly personal: boolean;
  /** A person is asked for approvals; for those of MCP calls. */
  readonly attended: boolean;
  readonly attendedMcp: boolean;
  /** In which the turn works. */
  readonly folder: string | undefined;
}

type ThreadMemory = Pick<CodexMemory, 'words' | 'patches' | 'edited' | 'denied'>;

/** Why a turn ended early, other than a person's interrupt: see `CodexReader`. */
const otherEnds: ReadonlySet<string> = new Set([
  'replaced',
  'review_ended',
  'budget_limited',
  'internal_error',
]);

/** Tells what happened in the items and events of one rollout. */
export class CodexThread {
  readonly #words: CodexWords;
  readonly #edits: CodexEdits;
  /** Calls whose denial was told. */
  readonly #denied: Set<string>;

  constructor(past: Partial<ThreadMemory>) {
    this.#words = new CodexWords(past.words);
    this.#edits = new CodexEdits(past.patches, past.edited);
    this.#denied = new Set(past.denied);
  }

  memory(): ThreadMemory {
    return { words: this.#words.memory(), ...this.#edits.memory(), denied: [...this.#denied] };
  }

  item(type: string, fields: Fields, place: Place, around: CodexCircumstances): void {
    if (type === 'message') this.#message(fields, place, around);
    else if (type === 'reasoning') this.#agentSaid('', place, around);
    else if (isCall(type)) this.#call(type, fields, place, around);
    else if (type.endsWith('_call_output')) this.#output(fields, place, around);
  }

  /** @returns the name of what is not known in it */
  event(type: string, fields: Fields, place: Place, around: CodexCircumstances): string | undefined {
    if (!around.own) return undefined;
    if (type === 'turn_aborted') return this.#aborted(fields, place, around);
    if (type === 'user_message') {
      const kind = fields['kind'] ?? 'plain';
      if (kind === 'plain') this.#personSaid(firstText(fields, ['message']) ?? '', type, place, around);
    } else if (type === 'patch_apply_end' && fields['success'] === true) {
      this.#edited(firstText(fields, ['call_id']), fields['changes'], place, around);
    } else if (type === 'item_completed' && isRecord(fields['item'])) {
      const item = fields['item'];
      if (item['type'] === 'UserMessage') {
        this.#personSaid(textParts(item['content']).join('\n\n'), type, place, around);
      } else if (item['type'] === 'FileChange' && item['status'] === 'completed') {
        this.#edited(firstText(item, ['id']), item['changes'], place, around);
      }
    }
    return undefined;
  }

  #message(fields: Fields, place: Place, around: CodexCircumstances): void {
    const texts = textParts(fields['content']);
    if (fields['role'] === 'assistant') {
      for (const text of texts) this.#agentSaid(text, place, around);
    } else if (fields['role'] === 'user' && around.own && around.personal) {
      const typed = texts.filter((text) => !isInjected(text)).map(typedWords);
      this.#words.item(place, typed.join('\n\n').trim());
    }
  }

  #call(type: string, fields: Fields, place: Place, around: CodexCircumstances): void {
    this.#tellHeld(around);
    const { callId: toolUseId, name, excerpt, file, patch } = codexCall(type, fields, around.folder);
    if (around.own && patch) this.#edits.asked(toolUseId, patch);
    const body = { kind: 'tool-use' as const, toolUseId, name, excerpt };
    around.trace.add(place, { ...body, ...(file === undefined ? {} : { file }) });
  }

  #output(fields: Fields, place: Place, around: CodexCircumstances): void {
    const toolUseId = firstText(fields, ['call_id']) ?? '';
    const texts = outputTexts(fields['output']);
    this.#tellHeld(around);
    const denial = around.own && !this.#denied.has(toolUseId) ? denialIn(texts) : undefined;
    if (denial && around.attended && (denial !== 'MCP' || around.attendedMcp)) {
      this.#denied.add(toolUseId);
      around.trace.add(place, { kind: 'tool-rejected', toolUseId, reason: '' });
      return;
    }
    around.trace.add(place, { kind: 'tool-result', toolUseId });
    for (const edit of this.#edits.answered(toolUseId, texts)) around.trace.add(place, edit);
  }

  #aborted(fields: Fields, place: Place, around: CodexCircumstances): string | undefined {
    const reason = firstText(fields, ['reason']) ?? '(none)';
    if (reason !== 'interrupted') return otherEnds.has(reason) ? undefined : `turn_aborted/${reason}`;
    if (!around.personal) return undefined;
    this.#tellHeld(around);
    around.trace.add(place, { kind: 'interrupted', forToolUse: false });
    return undefined;
  }

  #edited(callId: string | undefined, changes: unknown, place: Place, around: CodexCircumstances): void {
    const edits = this.#edits.told(callId ?? `line ${place.line}`, changes, around.folder);
    for (const edit of edits) around.trace.add(place, edit);
  }

  #personSaid(message: string, from: string, place: Place, around: CodexCircumstances): void {
    const text = typedWords(message);
    if (this.#words.event(text, from) && around.personal) around.trace.add(place, { kind: 'human', text });
  }

  #agentSaid(text: string, place: Place, around: CodexCircumstances): void {
    this.#tellHeld(around);
    around.trace.add(place, { kind: 'agent', text });
  }

  /** Messages that no event has told, since the agent answers them. */
  #tellHeld({ trace }: CodexCircumstances): void {
    for (const { text, ...place } of this.#words.answered()) trace.add(place, { kind: 'human', text });
  }
}
