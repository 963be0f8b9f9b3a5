/** Verbs that instructions in prompts commonly begin with. */
const imperatives = new Set(
  `add adhere adjust align allow annotate answer append apply approve ask assert assume attach avoid base be begin break build bump
  cache call cancel carry catch change check choose clarify clean clear clone close collect combine comment commit communicate
  compare compile complete configure confirm consider consolidate consult continue convert copy cover create cut debug define
  delegate delete deliver demonstrate deploy describe design disable discuss display distinguish do document double-check download
  draft drop edit emit enable encode enforce ensure enter escape evaluate examine exclude execute exit expand explain explore export
  expose extend extract fail favor favour fetch fill find finish fix focus follow force format generate get give group guard guess
  handle hide highlight identify ignore implement import improve include increase indent inform inline insert inspect install invent
  investigate invoke isolate iterate join justify keep label launch learn leave limit link lint list load lock log look maintain
  make mark match measure mention merge migrate minimize mirror mock modify monitor move name nest normalize note obey omit open
  optimize order organize output overwrite paraphrase parse pass paste pause perform persist pick pin place plan point polish
  prefer prefix prepare present preserve prevent print prioritize proceed produce propose protect prove provide publish pull push put
  quote re-run read rebase rebuild recheck recommend record redo reduce refactor refer reference refresh regenerate reject
  rely remember remove rename reorganize repeat replace report reproduce request require rerun research reset resolve respect
  respond restart restore restrict retry return reuse revert review rewrite rework rollback rotate round run sanitize save scan
  search see select send separate set ship show simplify skip sort specify split squash stage start state stay stick stop store
  stub structure stub submit suggest stage summarize support switch sync synchronize tag take target tell test think throw tidy track
  translate treat trim trust try turn type undo unify unlink update upgrade upload use utilize validate verify wait walk warn watch
  work wrap write`.split(/\s+/),
);

const irregular: Readonly<Record<string, string>> = Object.fromEntries(
  `am:be are:be became:become began:begin been:be beginning:begin being:be bought:buy broke:break broken:break brought:bring
  built:build came:come caught:catch chose:choose chosen:choose clicking:click cut:cut did:do done:do drew:draw dropping:drop
  dying:die fell:fall felt:feel forgot:forget forgotten:forget forgetting:forget found:find gave:give given:give gone:go got:get
  had:have having:have hid:hide invented:invent kept:keep knew:know left:leave let:let lied:lie lost:lose lying:lie made:make
  making:make meant:mean missed:miss overrode:override overwrote:overwrite overwritten:overwrite put:put quit:quit ran:run
  read:read reran:rerun rewrote:rewrite rewritten:rewrite said:say sent:send set:set shown:show skipped:skip split:split spent:spend
  stuck:stick taken:take taught:teach thought:think threw:throw thrown:throw told:tell took:take tying:tie undid:undo was:be
  went:go were:be written:write wrote:write adding:add added:add erring:err formatting:format formatted:format
  refactoring:refactor refactored:refactor monitoring:monitor monitored:monitor referring:refer referred:refer
  seeing:see agreeing:agree freeing:free using:use used:use editing:edit visiting:visit clearing:clear cleared:clear
  writing:write rewriting:rewrite overwriting:overwrite deciding:decide dying:die`
    .split(/\s+/)
    .map((pair) => pair.split(':')),
);

/** Ends after which English drops a silent e: chang(e), us(e), creat(e), remov(e), handl(e), ignor(e), defin(e). */
const dropsE =
  /(?:[^aeiou]at|[iu]at|[aeiou]v|[^aeiou]iv|[iys]z|uc|[^aeiou][aeio]c|[nrd]g|[ae]g|ur|[^aeo]or|[^e]ar|[iu]ir|[^aeiou]ir|[aou]s|[^aeiou]is|[^o]ut|[^aeiou]et|[iu]d|yp|[^aeiou]am|[^aeiou]im|[^aeiou][aiou]l|[^aeiou][i]n|[bpgtdk]l|[aeu]k|cop|op)$/;
const keepsBare =
  /(?:it|er|en|on|ow|ay|ey|oy|ask|eak|ook|eek|ak|add|eed|ead|oad|aid|eal|eat|oat|ain|oin|uild|ord|out|iew|velop)$/;

function restore(stem: string): string {
  if (/([bdgmnprt])\1$/.test(stem)) return stem.slice(0, -1);
  if (/(?:tak|mak|bak|wak|shak)$/.test(stem)) return `${stem}e`;
  if (keepsBare.test(stem)) return stem;
  return dropsE.test(stem) ? `${stem}e` : stem;
}

/** Base form of a verb given as a gerund ("committing") or in the past ("made"); `undefined` for other words. */
export function baseForm(word: string): string | undefined {
  const lower = word.toLowerCase();
  const known = irregular[lower];
  if (known !== undefined) return known;
  if (/[aeiouy].*ing$/.test(lower)) return restore(lower.slice(0, -3));
  if (/[^aeiou]ied$/.test(lower)) return `${lower.slice(0, -3)}y`;
  if (/[aeiouy].*ed$/.test(lower) && !/eed$/.test(lower)) return restore(lower.slice(0, -2));
  return undefined;
}

/** Base form of a gerund only: "making" but not "made". */
export function fromGerund(word: string): string | undefined {
  return /ing$/i.test(word) ? baseForm(word) : undefined;
}

/** Of what somebody feels, has or knows: "don't need" and "don't think" forbid nothing. */
const states =
  /^(?:need|have|think|know|see|understand|believe|like|love|care|get|worry|feel|mind|seem|mean|agree|want|recall|remember|expect|work|matter|exist|really|quite|even|fully)$/i;

export function isState(word: string): boolean {
  return states.test(word);
}

/** Verbs that mostly order one step of the work at hand, not something that holds next time. */
const momentary =
  /^(?:think|proceed|continue|look|try|see|tell|explain|give|start|work|show|walk|take|talk|respond|answer|find|undo|revert|restart|retry|go|say|present|propose|suggest|investigate|help)$/i;

export function isMomentary(word: string): boolean {
  return momentary.test(word);
}

export function isImperativeVerb(word: string): boolean {
  return imperatives.has(word.toLowerCase());
}
