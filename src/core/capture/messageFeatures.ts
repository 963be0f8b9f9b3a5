import { withoutPastedText } from './pastedText';

/** What stands around a human turn. */
export interface MessageContext {
  /** The event just before, where the person stopped the agent by hand. */
  readonly after: 'interrupted' | 'tool-rejected' | undefined;
  /** The agent's last text; '' when it has said nothing yet. */
  readonly previousAgentOutput: string;
}

/** Cues in the person's own words, each a pattern over the text in lower case and with straight apostrophes. */
const wordCues = {
  opensWithNo: /^(?:no|nope|nah)\b(?!\s+(?:problem|worries|need))/,
  opensWithHalt: /^(?:w8|wait|stop|hold on|hang ?on|hmm+|actually|well|but|ugh|uh+|not yet|again|oops|why)\b/,
  opensWithAgreement:
    /^(?:yes|yeah|yep|yup|ok|okay|k|sure|great|good|perfect|awesome|nice|agreed|correct|right|thanks|thank you|looks good|lgtm|go ahead|continue|proceed|do it|sim|ok[,.])\b/,
  opensWithTask:
    /^(?:please |now |next,? |then |also,? )*(?:let'?s |can you |could you |can we |could we |i want (?:you )?to |i'd like (?:you )?to |help me )?(?:add|create|commit|push|run|write|implement|explain|rebase|merge|prepare|start|draft|continue|open|review|compare|investigate|build|set up|show|look|pull|check|update|log|capture)\b/,
  opensWithQuestion: /^(?:what|how|where|which|who|when|is there|are there|does|do we|is it|is)\b/,
  wrong:
    /\b(?:wrong|incorrect|inaccurate|mistaken?|misunderst\w+|(?:not|isn'?t|isnt|wasn'?t|aren'?t|doesn'?t look|not fully|not quite) (?:correct|right|true|accurate|good|what|how|an?\b|the\b|markdown))/,
  broken:
    /\b(?:fail(?:s|ed|ing|ure|ures)?|brok(?:e|en)|crash\w*|hang(?:s|ing)|bug|errors?|exception|panic|regress\w*|duplicates?|(?:does|do|did|is|are)(?:n'?t| not) (?:seem to )?(?:work|appear|show|happen|load|start|return)\w*|not working|nothing happens|no insight)\b/,
  stillOrAgain:
    /\b(?:still|again|keeps?|keep on|repeated(?:ly)?|every time|once more|same (?:issue|error|problem))\b/,
  instead: /\b(?:instead|rather than|as opposed to|not as an?\b|how about)\b/,
  shouldBe: /\b(?:should(?:n'?t)?|supposed to|ought to|shoul|needs? to be|has to be|meant to)\b/,
  negatedQuestion:
    /\b(?:shouldn'?t|can'?t|couldn'?t|isn'?t|aren'?t|wouldn'?t|won'?t|don'?t) (?:we|you|it|this|that|the|these|there)\b[^.!\n]*\?/,
  undo: /\b(?:revert|undo|roll(?:ing)? ?back|put (?:it|that|this|them) back|restore|go back|(?:switch|move|mv|change) (?:it |this |that |them )?back|remove (?:this|that|it|the)|get rid of|delete (?:this|that|it)|drop)\b/,
  reminds:
    /\b(?:(?:i|we) (?:told|asked|said|mentioned|already|just (?:told|said|asked))|i (?:want|wanted|mean|meant)\b|as i said|remember|recall|reminder|forg[eo]t\w*|per my|as per|like i said|my instructions|didn'?t ask|not ask)/,
  accuses:
    /\b(?:you|u)(?:'ve|'re| have| are)? (?:just|keep|kept|forgot|miss(?:ed|ing)|introduced|broke|removed|deleted|ran|nuked|made|used|didn'?t|haven'?t|insist|confus\w+|should(?:n'?t)?|need to|must|were|in the|not|only|still)\b/,
  thinkAgain:
    /\b(?:think (?:hard|harder|carefully|again|more)|ultrathink|megathink|carefully|step back|look again|check (?:it )?again|try again|be careful)\b/,
  doubt:
    /\b(?:(?:i'?m|i am) (?:not sure|confused|pretty sure|seeing|not seeing)|i (?:don'?t|do not) (?:think|like|want|see|understand|believe)|i (?:still )?feel|strange|weird|odd|yuck|hate|confus\w+|suspicious|surpris\w+|random|really\?|huh)\b/,
  butHowever: /\b(?:but|however|although|except|though|unless|only)\b/,
  missing:
    /\b(?:missing|missed|left out|lacks?|not included|didn'?t include|incomplete|at least one|forgot|without)\b/,
  looksLike: /\b(?:looks? like|seems?|it appears|appears to)\b/,
  please: /\b(?:please|pls|plz)\b/,
  letsOrNext: /\b(?:let'?s|next|move on|now (?:let|we|add)|then)\b/,
  offersChoice: /\b(?:option|approach|first|second|either|whether|choose)\b/,
  states: /\b(?:we|it|this|that|these|there) (?:is|are|was|were|'s|'re|had|have|has|does|do)\b/,
} as const;

/** Cues in the form of the text, which case and layout carry. */
const formCues: Readonly<Record<string, (raw: string, own: string, context: MessageContext) => number>> = {
  shouts: (raw) =>
    Number(/\b(?:NO|NOT|NEVER|STOP|DON'?T|IMPORTANT|ALWAYS|MUST|WRONG|WHY|DO NOT|ANY)\b/.test(raw)),
  exclaims: (_raw, own) => Number(own.includes('!')),
  asks: (_raw, own) => Number(/\?\s*$/.test(own.trim())),
  veryShort: (_raw, own) => Number(wordCount(own) <= 3),
  words: (_raw, own) => Math.min(Math.log1p(wordCount(own)), 6),
  afterInterrupt: (_raw, _own, { after }) => Number(after === 'interrupted'),
  afterRejection: (_raw, _own, { after }) => Number(after === 'tool-rejected'),
  agentAsked: (_raw, _own, { previousAgentOutput }) =>
    Number(/\?\s*$/.test(previousAgentOutput.trim().slice(-300))),
  agentClaimedDone: (_raw, _own, { previousAgentOutput }) =>
    Number(
      /\b(?:done|complete[d]?|successfully|fixed|all tests pass\w*|ready|✅)\b/i.test(
        previousAgentOutput.slice(-1200),
      ),
    ),
};

export const featureNames: readonly string[] = [...Object.keys(wordCues), ...Object.keys(formCues)];

/** The features of one human turn, in the order of `featureNames`: 0 or 1, and `words` = ln(1 + number of words) up to 6. */
export function messageFeatures(text: string, context: MessageContext): readonly number[] {
  const own = withoutPastedText(text).slice(0, 6000);
  const plain = own.toLowerCase().replaceAll('’', "'").trim();
  return [
    ...Object.values(wordCues).map((cue) => Number(cue.test(plain))),
    ...Object.values(formCues).map((cue) => cue(text, own, context)),
  ];
}

function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
