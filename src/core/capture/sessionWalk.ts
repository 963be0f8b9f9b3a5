import * as z from 'zod/mini';
import { type CorrectionDraft, correctionDraftSchema } from './correctionDraft';
import type { TraceEvent } from './correctionSource';
import type { Detection, HumanTurn, LinePlace } from './detectCorrections';
import { type Judgement, judgeMessage, messageThresholds } from './message/messageClassifier';
import { isProgramText, planHandOff } from './message/programText';
import { MessageInWait, messageInWaitSchema } from './messageInWait';

/** Prior for a stop without words: read by eye, about half of the interrupts in real sessions are corrections. */
export const wordlessLikelihood = 0.5;
/** Prior for a rejected plan that is then handed over to be carried out in a fresh context: that was an approval. */
export const handedOverLikelihood = 0.05;

type EventOf<K extends TraceEvent['kind']> = Extract<TraceEvent, { kind: K }>;
type Tool = NonNullable<CorrectionDraft['tool']>;

type Found = Pick<
  CorrectionDraft,
  'signal' | 'words' | 'likelihood' | 'toolUseId' | 'edit' | 'judgedBy' | 'given'
> & {
  readonly because?: readonly string[];
  readonly agentType?: string;
  readonly agentText?: string;
  readonly tool?: Tool | undefined;
};

const toolSchema = z.object({ name: z.string(), file: z.optional(z.string()), excerpt: z.string() });

/** What the walk remembers from one piece of a session to the next, as JSON. */
export const walkMemorySchema = z.object({
  /** Tool uses that have had no result yet. */
  tools: z.array(z.tuple([z.string(), z.extend(toolSchema, { delegatesTo: z.optional(z.string()) })])),
  waiting: z.optional(correctionDraftSchema),
  unanswered: z.optional(messageInWaitSchema),
  freshRejection: z.boolean(),
  lastStop: z.optional(z.enum(['interrupted', 'tool-rejected'])),
  delegate: z.optional(z.string()),
  agentText: z.string(),
  lastTool: z.optional(toolSchema),
  agentWorked: z.boolean(),
  task: z.optional(z.string()),
});
export type WalkMemory = z.infer<typeof walkMemorySchema>;

/**
 * Walks through one session, whatever tool it was held with, in one piece or in several. Events count whether words come
 * with them or not; a rejection and the interrupt line that the tool writes right behind it are one; the message that
 * follows a stop without words belongs to that stop (of several, the last) and is not counted again. Any other message is
 * judged by its words and by what the agent answers; while there is no answer, by its words alone.
 */
export class SessionWalk {
  #drafts: CorrectionDraft[] = [];
  #turns: HumanTurn[] = [];
  #mergedInterrupts: LinePlace[] = [];
  #withdrawn: CorrectionDraft[] = [];
  readonly #unanswered: MessageInWait;
  readonly #tools: Map<string, Tool & { readonly delegatesTo?: string | undefined }>;
  /** The stop that waits for the person's words. */
  #waiting: CorrectionDraft | undefined;
  /** A rejection after which nothing has happened yet: an interrupt line now is part of it. */
  #freshRejection: boolean;
  #lastStop: 'interrupted' | 'tool-rejected' | undefined;
  /** The subagent whose result is the last that happened. */
  #delegate: string | undefined;
  #agentText: string;
  #lastTool: Tool | undefined;
  #agentWorked: boolean;
  #task: string | undefined;

  constructor(
    public agentType: string,
    memory?: WalkMemory,
  ) {
    this.#tools = new Map(memory?.tools);
    this.#waiting = memory?.waiting;
    this.#unanswered = new MessageInWait(memory?.unanswered);
    this.#freshRejection = memory?.freshRejection ?? false;
    this.#lastStop = memory?.lastStop;
    this.#delegate = memory?.delegate;
    this.#agentText = memory?.agentText ?? '';
    this.#lastTool = memory?.lastTool;
    this.#agentWorked = memory?.agentWorked ?? false;
    this.#task = memory?.task;
  }

  /**
   * The corrections in the events that follow those it has had. A stop of an earlier piece is among them again once its
   * words have come.
   */
  walk(events: readonly TraceEvent[]): Detection {
    this.#drafts = [];
    this.#turns = [];
    this.#mergedInterrupts = [];
    this.#withdrawn = [];
    for (const event of events) this.#step(event);
    this.#tell(this.#unanswered.tell());
    const [drafts, turns] = [this.#drafts, this.#turns];
    return { drafts, turns, mergedInterrupts: this.#mergedInterrupts, withdrawn: this.#withdrawn };
  }

  memory(): WalkMemory {
    return {
      tools: [...this.#tools],
      waiting: this.#waiting,
      unanswered: this.#unanswered.memory(),
      freshRejection: this.#freshRejection,
      lastStop: this.#lastStop,
      delegate: this.#delegate,
      agentText: this.#agentText,
      lastTool: this.#lastTool,
      agentWorked: this.#agentWorked,
      task: this.#task,
    };
  }

  #step(event: TraceEvent): void {
    switch (event.kind) {
      case 'agent':
        this.#agentSaid(event.text);
        return;
      case 'tool-use':
        this.#worked();
        this.#waiting = undefined;
        this.#delegate = undefined;
        this.#lastTool = toolOf(event);
        if (event.toolUseId !== '') {
          this.#tools.set(event.toolUseId, { ...toolOf(event), delegatesTo: event.delegatesTo });
        }
        return;
      case 'tool-result':
        this.#delegate = this.#tools.get(event.toolUseId)?.delegatesTo ?? this.#delegate;
        this.#tools.delete(event.toolUseId);
        return;
      case 'agent-edit':
        return;
      case 'tool-rejected':
        this.#rejected(event);
        return;
      case 'interrupted':
        this.#interrupted(event);
        return;
      case 'edit-modified':
      case 'plan-edited':
      case 'edit-undone':
        this.#edited(event);
        return;
      case 'downvoted':
        this.#add(event, { signal: 'downvoted', words: event.reason, likelihood: 1 });
        return;
      case 'recorded':
        this.#recorded(event);
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

  #agentSaid(text: string): void {
    this.#worked();
    if (text.trim() === '') return;
    this.#answered(text);
    this.#agentText = text;
    this.#lastTool = undefined;
    this.#waiting = undefined;
  }

  #rejected(event: EventOf<'tool-rejected'>): void {
    const tool = this.#tools.get(event.toolUseId);
    this.#tools.delete(event.toolUseId);
    const draft = this.#add(event, {
      signal: 'tool-rejected',
      words: event.reason,
      likelihood: event.reason === '' ? wordlessLikelihood : 1,
      toolUseId: event.toolUseId,
      tool,
    });
    this.#freshRejection = true;
    this.#lastStop = 'tool-rejected';
    this.#waiting = event.reason === '' ? draft : undefined;
  }

  #interrupted(event: EventOf<'interrupted'>): void {
    if (this.#freshRejection) {
      this.#freshRejection = false;
      this.#mergedInterrupts.push({ line: event.line, lineId: event.lineId });
      return;
    }
    this.#tell(this.#unanswered.leave());
    this.#waiting = this.#add(event, {
      signal: 'interrupted',
      words: '',
      likelihood: wordlessLikelihood,
      tool: this.#lastTool,
    });
    this.#lastStop = 'interrupted';
  }

  #edited(event: EventOf<'edit-modified' | 'plan-edited' | 'edit-undone'>): void {
    const file = event.kind === 'plan-edited' ? 'plan' : event.file;
    const edit = { file, before: event.before, after: event.kind === 'edit-undone' ? '' : event.after };
    this.#add(event, { signal: event.kind, words: '', likelihood: 1, edit, tool: this.#lastTool });
  }

  #recorded(event: EventOf<'recorded'>): void {
    const { words, agentText, correctionType, severity, taskDescription } = event;
    const given = { ...(correctionType && { correctionType }), ...(severity && { severity }) };
    const task = taskDescription === undefined ? {} : { taskDescription };
    this.#add(event, { signal: 'manual', words, likelihood: 1, agentText, given, ...task });
  }

  #said(event: EventOf<'human'>): void {
    const agentType = this.#delegate ?? this.agentType;
    this.#turns.push({ agentType, line: event.line, lineId: event.lineId });
    this.#tell(this.#unanswered.leave());
    const context = { after: this.#lastStop, previousAgentOutput: this.#agentText };
    const judgement = judgeMessage(event.text, context);
    const stop = this.#waiting;
    if (stop) this.#giveWords(stop, event.text, judgement);
    else this.#judge(event, agentType, judgement);
    this.#waiting = undefined;
    this.#freshRejection = false;
    this.#lastStop = undefined;
  }

  /** Keeps a message until the agent answers. What looks like no correction is taken for a task at once. */
  #judge(event: EventOf<'human'>, agentType: string, judgement: Judgement): void {
    const program = isProgramText(event.text);
    if (this.#agentWorked && !program) {
      const words = { signal: 'message', words: event.text, judgedBy: 'words' } as const;
      this.#unanswered.wait(this.#draft(event, { ...words, ...judgement, agentType }));
    }
    if (!program && judgement.likelihood < messageThresholds.words) this.#task = event.text;
  }

  #tell(draft: CorrectionDraft | undefined): void {
    if (draft) this.#drafts.push(draft);
  }

  #answered(reply: string): void {
    const answer = this.#unanswered.answered(reply);
    if (!answer) return;
    if ('correction' in answer) {
      if (answer.before) this.#replace(answer.before, answer.correction);
      else this.#drafts.push(answer.correction);
      return;
    }
    this.#task = answer.none.words;
    if (answer.before) this.#withdrawn.push(answer.before);
  }

  #giveWords(stop: CorrectionDraft, text: string, { likelihood, because }: Judgement): void {
    const handedOver =
      planHandOff.test(text) && (stop.tool === undefined || stop.tool.name === 'ExitPlanMode');
    if (handedOver) {
      const because = ['its plan was handed over to be carried out'];
      this.#replace(stop, { ...stop, likelihood: handedOverLikelihood, because, judgedBy: 'words' });
    } else if (!isProgramText(text)) {
      this.#replace(stop, { ...stop, words: text, likelihood, because: [...because], judgedBy: 'words' });
    }
  }

  /** A stop of an earlier piece is told of once more. */
  #replace(stop: CorrectionDraft, now: CorrectionDraft): void {
    const position = this.#drafts.indexOf(stop);
    if (position < 0) this.#drafts.push(now);
    else this.#drafts[position] = now;
  }

  #add(event: TraceEvent, found: Found): CorrectionDraft {
    const draft = this.#draft(event, found);
    this.#drafts.push(draft);
    return draft;
  }

  #draft(event: TraceEvent, { tool, because, ...found }: Found): CorrectionDraft {
    return {
      agentType: this.agentType,
      line: event.line,
      lineId: event.lineId,
      at: event.at,
      agentText: this.#agentText,
      ...(this.#task === undefined ? {} : { taskDescription: this.#task }),
      ...(tool === undefined ? {} : { tool: toolOf(tool) }),
      ...(because === undefined ? {} : { because: [...because] }),
      ...found,
    };
  }
}

function toolOf({ name, file, excerpt }: Tool | EventOf<'tool-use'>): Tool {
  return { name, excerpt, ...(file === undefined ? {} : { file }) };
}
