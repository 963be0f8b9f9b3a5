import type { Signal } from '../model/common';
import type { SessionTrace, TraceEvent } from './correctionSource';
import { correctionLikelihood, messageThreshold } from './messageClassifier';
import { isProgramText, planHandOff } from './programText';

/** A correction as it was found: nothing redacted, mapped or cut yet. */
export interface CorrectionDraft {
  readonly signal: Signal;
  readonly agentType: string;
  readonly line: number;
  readonly lineId: string;
  readonly at: string;
  /** Tells apart what stands on one line. */
  readonly toolUseId?: string;
  readonly words: string;
  readonly agentText: string;
  readonly tool?: { readonly name: string; readonly file?: string; readonly excerpt: string };
  readonly edit?: { readonly file: string; readonly before: string; readonly after: string };
  readonly taskDescription?: string;
  readonly likelihood: number;
}

export interface Detection {
  readonly drafts: readonly CorrectionDraft[];
  /** The human turns, with the agent that each addressed. */
  readonly turns: readonly HumanTurn[];
}

export interface HumanTurn {
  readonly agentType: string;
  readonly line: number;
  readonly lineId: string;
}

/** Prior for a stop without words: read by eye, about half of the interrupts in real sessions are corrections. */
export const wordlessLikelihood = 0.5;
/** Prior for a rejected plan that is then handed over to be carried out in a fresh context: that was an approval. */
export const handedOverLikelihood = 0.05;

/**
 * Finds the corrections in one session, whatever tool it was held with. Events count whether words come with them or not;
 * a rejection and the interrupt line that the tool writes right behind it are one; the message that follows a stop
 * without words belongs to that stop and is not counted again.
 */
export function detectCorrections(trace: SessionTrace): Detection {
  const walk = new SessionWalk(trace.agentType);
  for (const event of trace.events) walk.step(event);
  return { drafts: walk.drafts, turns: walk.turns };
}

type EventOf<K extends TraceEvent['kind']> = Extract<TraceEvent, { kind: K }>;

class SessionWalk {
  readonly drafts: CorrectionDraft[] = [];
  readonly turns: HumanTurn[] = [];
  readonly #tools = new Map<string, EventOf<'tool-use'>>();
  /** Positions in `drafts` of stops that wait for the person's words. */
  #waiting: number[] = [];
  /** A rejection after which nothing has happened yet: an interrupt line now is part of it. */
  #freshRejection = false;
  #lastStop: 'interrupted' | 'tool-rejected' | undefined;
  /** The subagent whose result is the last that happened. */
  #delegate: string | undefined;
  #agentText = '';
  #lastTool: EventOf<'tool-use'> | undefined;
  #agentWorked = false;
  #task: string | undefined;

  constructor(readonly agentType: string) {}

  step(event: TraceEvent): void {
    switch (event.kind) {
      case 'agent':
        this.#worked();
        if (event.text.trim() === '') return;
        this.#agentText = event.text;
        this.#lastTool = undefined;
        return;
      case 'tool-use':
        this.#worked();
        this.#waiting = [];
        this.#delegate = undefined;
        this.#lastTool = event;
        if (event.toolUseId !== '') this.#tools.set(event.toolUseId, event);
        return;
      case 'tool-result':
        this.#delegate = this.#tools.get(event.toolUseId)?.delegatesTo ?? this.#delegate;
        return;
      case 'tool-rejected':
        this.#rejected(event);
        return;
      case 'interrupted':
        this.#interrupted(event);
        return;
      case 'edit-modified':
      case 'plan-edited':
        this.#edited(event);
        return;
      case 'human':
        this.#said(event);
    }
  }

  #worked(): void {
    this.#agentWorked = true;
    this.#freshRejection = false;
    this.#lastStop = undefined;
  }

  #rejected(event: EventOf<'tool-rejected'>): void {
    const tool = this.#tools.get(event.toolUseId);
    this.#add(event, {
      signal: 'tool-rejected',
      words: event.reason,
      likelihood: event.reason === '' ? wordlessLikelihood : 1,
      toolUseId: event.toolUseId,
      tool,
    });
    this.#freshRejection = true;
    this.#lastStop = 'tool-rejected';
    if (event.reason === '') this.#waiting.push(this.drafts.length - 1);
  }

  #interrupted(event: EventOf<'interrupted'>): void {
    if (this.#freshRejection) {
      this.#freshRejection = false;
      return;
    }
    this.#add(event, {
      signal: 'interrupted',
      words: '',
      likelihood: wordlessLikelihood,
      tool: this.#lastTool,
    });
    this.#lastStop = 'interrupted';
    this.#waiting.push(this.drafts.length - 1);
  }

  #edited(event: EventOf<'edit-modified'> | EventOf<'plan-edited'>): void {
    const file = event.kind === 'edit-modified' ? event.file : 'plan';
    const edit = { file, before: event.before, after: event.after };
    this.#add(event, { signal: event.kind, words: '', likelihood: 1, edit, tool: this.#lastTool });
  }

  #said(event: EventOf<'human'>): void {
    const agentType = this.#delegate ?? this.agentType;
    this.turns.push({ agentType, line: event.line, lineId: event.lineId });
    const context = { after: this.#lastStop, previousAgentOutput: this.#agentText };
    const likelihood = correctionLikelihood(event.text, context);
    const belongsToStop = this.#waiting.length > 0;
    if (belongsToStop) this.#giveWords(event.text, likelihood);
    const corrects = !belongsToStop && this.#agentWorked && likelihood >= messageThreshold;
    if (corrects) this.#add(event, { signal: 'message', words: event.text, likelihood, agentType });
    else if (!belongsToStop && !isProgramText(event.text)) this.#task = event.text;
    this.#waiting = [];
    this.#freshRejection = false;
    this.#lastStop = undefined;
  }

  #giveWords(text: string, likelihood: number): void {
    for (const position of this.#waiting) {
      const draft = this.drafts[position];
      if (!draft) continue;
      if (planHandOff.test(text) && (draft.tool === undefined || draft.tool.name === 'ExitPlanMode')) {
        this.drafts[position] = { ...draft, likelihood: handedOverLikelihood };
      } else if (!isProgramText(text)) {
        this.drafts[position] = { ...draft, words: text, likelihood };
      }
    }
  }

  #add(
    event: TraceEvent,
    found: Pick<CorrectionDraft, 'signal' | 'words' | 'likelihood' | 'toolUseId' | 'edit'> & {
      readonly agentType?: string;
      readonly tool?: EventOf<'tool-use'> | undefined;
    },
  ): void {
    const { tool, ...rest } = found;
    this.drafts.push({
      agentType: this.agentType,
      line: event.line,
      lineId: event.lineId,
      at: event.at,
      agentText: this.#agentText,
      ...(this.#task === undefined ? {} : { taskDescription: this.#task }),
      ...(tool === undefined ? {} : { tool: toolOf(tool) }),
      ...rest,
    });
  }
}

function toolOf({ name, file, excerpt }: EventOf<'tool-use'>): NonNullable<CorrectionDraft['tool']> {
  return { name, excerpt, ...(file === undefined ? {} : { file }) };
}
