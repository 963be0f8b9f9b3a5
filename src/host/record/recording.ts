import { type CorrectionKind, correctionKind } from '../../core/capture/correctionKind';
import type { CorrectionType, Severity } from '../../core/model/common';
import { typeName } from '../corrections/words';
import { withoutIcons } from '../plainText';
import { askAgent, askSeverity, askSubject, askType, askWords, inPick } from './fields';
import { type FormRow, fillIn } from './form';
import type { Subject } from './subjects';

export const title = 'Record Correction';

export interface RecordingOptions {
  /** Agents to choose from. */
  readonly agents: readonly string[];
  /** Which of them it most likely is. */
  readonly guessAgent: (subject: Subject) => string;
  readonly subjects: readonly Subject[];
}

/** What the person is about to record. What they did not choose is guessed, and guessed anew when the rest changes. */
export class Recording {
  readonly #options: RecordingOptions;
  #subject: Subject;
  #words = '';
  #agent: string | undefined;
  #type: CorrectionType | undefined;
  #severity: Severity | undefined;

  constructor(subject: Subject, options: RecordingOptions) {
    this.#subject = subject;
    this.#options = options;
  }

  /** Words first, then all the rest in one form. `false` when the person left it. */
  async ask(): Promise<boolean> {
    if (!(await this.#askWords())) return false;
    for (;;) {
      if (!(await fillIn(title, 'Save', () => this.#rows()))) return false;
      // The subject may have been changed to one that says nothing without words.
      if (this.#words !== '' || this.#subject.edit) return true;
      if (!(await this.#askWords())) return false;
    }
  }

  /** In the shape that `record` takes. Guesses of the words are left to it, so that the record tells them from what was given. */
  input(): Record<string, unknown> {
    const { originalResponse, edit, file, line } = this.#subject;
    return {
      agentType: this.#agentType,
      userCorrection: this.#words,
      signal: 'manual',
      originalResponse,
      ...(edit && { edit }),
      ...(file !== undefined && { context: { file, ...(line !== undefined && { line }) } }),
      ...(this.#type && { correctionType: this.#type }),
      ...(this.#severity && { severity: this.#severity }),
    };
  }

  get #agentType(): string {
    return this.#agent ?? this.#options.guessAgent(this.#subject);
  }

  async #askWords(): Promise<boolean> {
    const words = await askWords(title, this.#words, this.#subject.edit ? 'optional' : 'needed');
    if (words !== undefined) this.#words = words;
    return words !== undefined;
  }

  #guess(): CorrectionKind {
    const onlyEdited = this.#words === '' && this.#subject.edit !== undefined;
    return correctionKind(this.#words, onlyEdited ? 'edit-modified' : 'manual');
  }

  #rows(): readonly FormRow[] {
    const { agents, subjects } = this.#options;
    const guess = this.#guess();
    const type = this.#type ?? guess.type;
    const severity = this.#severity ?? guess.severity;
    return [
      row(`Agent: ${inPick(this.#agentType)}`, this.#agent ? 'chosen' : 'guessed', async () => {
        this.#agent = (await askAgent(agents, this.#agentType)) ?? this.#agent;
      }),
      row(`Type: ${typeName(type)}`, this.#type ? 'chosen' : guessed(guess.typeReason), async () => {
        this.#type = (await askType(type)) ?? this.#type;
      }),
      row(`Severity: ${severity}`, this.#severity ? 'chosen' : guessed(guess.severityReason), async () => {
        this.#severity = (await askSeverity(severity)) ?? this.#severity;
      }),
      row(`Words: ${this.#words === '' ? 'none' : inPick(this.#words)}`, undefined, async () => {
        await this.#askWords();
      }),
      row(`About: ${withoutIcons(this.#subject.label)}`, undefined, async () => {
        this.#subject = (await askSubject(subjects)) ?? this.#subject;
      }),
    ];
  }
}

function row(label: string, description: string | undefined, change: () => Promise<void>): FormRow {
  return { label, ...(description !== undefined && { description }), change };
}

function guessed(reason: string): string {
  return withoutIcons(`guessed: ${reason}`);
}
