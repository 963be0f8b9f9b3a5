/** Cues in a person's own words, each a pattern over the beginning of the text in lower case and with straight apostrophes. */
export const wordCues: Readonly<Record<string, RegExp>> = {
  'plainly: it is wrong':
    /^(?:wrong|incorrect|not (?:that|this|like that|what))\b|\b(?:is|'s|are|was|were|looks?|seems?|got (?:it|that|this)|completely|totally|still|all) (?:\w+ )?(?:wrong|incorrect|not right|not correct)\b|\bnot what i\b/,
  'plainly: undo it':
    /^(?:no[,.! ]+|please |pls |ok[, ]+)*(?:revert|undo|roll ?back|put (?:it|that|this|them) back|change (?:it|that|this) back)\b/,
  'plainly: it says what you did or did not do':
    /\byou(?:'ve| have)? (?:did ?n[o']?t|didn't|forgot|missed|ignored|broke|deleted|removed|skipped|haven't|keep|again|messed|nuked)\b|\bi (?:already )?(?:told|asked) you\b|\bas i said\b|\bi said\b/,
  'plainly: it does not work':
    /\b(?:still|does ?n[o']?t|doesn't|not|never|isn't|stopped) (?:seem to )?(?:work|fail|broken|compil|build|pass|start)\w*\b|\b(?:is|it's|are|still) broken\b|\bsame (?:error|issue|problem)\b/,
  'opens with no': /^(?:no|nope|nah)\b(?!\s+(?:problem|worries|need))/,
  'opens with a halt':
    /^(?:w8|wait|stop|hold on|hang ?on|hmm+|actually|well|but|ugh|uh+|um+|oh|ah|eh|huh|hm|not yet|again|oops|why)\b/,
  'opens with agreement':
    /^(?:yes|yeah|yep|yup|ok|okay|k|sure|great|good|perfect|awesome|nice|agreed|correct|right|thanks|thank you|looks good|lgtm|go ahead|continue|proceed|do it|sim|ok[,.])\b/,
  'opens with a task':
    /^(?:please |now |next,? |then |also,? )*(?:let'?s |can you |could you |can we |could we |i want (?:you )?to |i'd like (?:you )?to |help me )?(?:add|create|commit|push|run|write|implement|explain|rebase|merge|prepare|start|draft|continue|open|review|compare|investigate|build|set up|show|look|pull|check|update|log|capture)\b/,
  'opens with a question word': /^(?:what|how|where|which|who|when|is there|are there|does|do we|is it|is)\b/,
  'asks for something': /^(?:what|how|can|could|is|are|does|do|would|which|who|when|where|should)\b/,
  'opens with a command line': /^(?:[$>]\s|git |npm |bun |cd |ls |\.\/|sudo |python)/,
  'praise, then but':
    /^(?:(?:this|that|it) (?:looks|is)|looks?|almost|close|great|good|nice|ok(?:ay)?|yes|cool|perfect|awesome|thanks?|much better|better)\b[^.!?\n]{0,60}\b(?:but|however|though|except|although)\b/,
  wrong:
    /\b(?:wrong|incorrect|inaccurate|mistaken?|misunderst\w+|(?:not|isn'?t|isnt|wasn'?t|aren'?t|doesn'?t look|not fully|not quite) (?:correct|right|true|accurate|good|what|how|an?\b|the\b|markdown))/,
  broken:
    /\b(?:fail(?:s|ed|ing|ure|ures)?|brok(?:e|en)|crash\w*|hang(?:s|ing)|bug|errors?|exception|panic|regress\w*|duplicates?|(?:does|do|did|is|are)(?:n'?t| not) (?:seem to )?(?:work|appear|show|happen|load|start|return)\w*|not working|nothing happens|no insight)\b/,
  'a problem':
    /\b(?:issue|problem|error|bug|fail\w*|broken|crash\w*|missing|wrong|incorrect|warning|conflict|regress\w*|mess|weird|odd|strange|typo|flaky|red)\b/,
  'a symptom':
    /\b(?:i(?:'m| am)? (?:still )?(?:see|seeing|get|getting|got|notice|noticed|found|don't see|can't|cannot)|when i (?:run|press|click|try|open|go|use|do)|for me|on my|nothing happens|happened|stuck)\b/,
  'error output':
    /(?:error|exception|traceback|failed|exit code|cannot find|undefined|no such file|not found|enoent|typeerror|panic)/,
  'still or again': /\b(?:still|again|keeps?|keep on|repeated(?:ly)?|every time|once more|same)\b/,
  instead: /\b(?:instead|rather than|as opposed to|not as an?\b|how about|actually|not .{1,40} but)\b/,
  should: /\b(?:should(?:n'?t)?|supposed to|ought to|shoul|needs? to be|has to be|meant to|must|have to)\b/,
  'negated question':
    /\b(?:shouldn'?t|can'?t|couldn'?t|isn'?t|aren'?t|wouldn'?t|won'?t|don'?t) (?:we|you|it|this|that|the|these|there)\b[^.!\n]*\?/,
  'asks what was done':
    /\b(?:did|have|haven't|didn't|are|aren't|were|do|don't|can't|couldn't|shouldn't) (?:you|u|we)\b[^.\n]{2,160}\?/,
  'asks why':
    /\bwhy (?:are|is|do|does|did|don't|didn't|doesn't|not|would|should|wouldn't|isn't|aren't|have|has)\b/,
  'how come': /\b(?:why|how come|what happened|where (?:did|is|are)|what's (?:with|going on))\b/,
  undo: /\b(?:revert|undo|roll(?:ing)? ?back|put (?:it|that|this|them) back|restore|go back|(?:switch|move|mv|change) (?:it |this |that |them )?back|remove (?:this|that|it|the)|get rid of|delete (?:this|that|it)|drop)\b/,
  repair:
    /\b(?:fix|correct|repair|address|resolve|clean ?up|redo|undo|revert|restore|remove|delete|rename|drop|get rid of|strip|simplify|move)\b/,
  reminds:
    /\b(?:(?:i|we) (?:told|asked|said|mentioned|already|just (?:told|said|asked))|i (?:want|wanted|mean|meant)\b|as i said|remember|recall|reminder|forg[eo]t\w*|per my|as per|like i said|my instructions|didn'?t ask|not ask)/,
  'what was meant':
    /\b(?:i (?:mean|meant|was (?:thinking|referring|asking|talking|hoping)|thought|expected|wanted|asked|said|told|want)|i'd (?:rather|prefer|like)|prefer|what i)\b/,
  accuses:
    /\b(?:you|u)(?:'ve|'re| have| are)? (?:just|keep|kept|forgot|miss(?:ed|ing)|introduced|broke|removed|deleted|ran|nuked|made|used|didn'?t|haven'?t|insist|confus\w+|should(?:n'?t)?|need to|must|were|in the|not|only|still)\b/,
  you: /\b(?:you|u|you've|you're|your)\b/,
  'think again':
    /\b(?:think (?:hard|harder|carefully|again|more)|ultrathink|megathink|carefully|step back|look again|check (?:it )?again|try again|be careful|are you sure|sure\?|really|double[- ]check|verify|re-?read|re-?check)\b/,
  doubt:
    /\b(?:(?:i'?m|i am) (?:not sure|confused|pretty sure|seeing|not seeing)|i (?:don'?t|dont|do not) (?:think|like|want|see|understand|believe|get)|i (?:still )?feel|not sure|strange|weird|odd|yuck|hate|confus\w+|suspicious|surpris\w+|random|huh|doubt|concern\w*|worr\w*|hesitant|wonder)\b/,
  but: /\b(?:but|however|although|except|though|unless)\b/,
  'not all': /\b(?:almost|not quite|nearly|half|only|just|at least|all)\b/,
  missing:
    /\b(?:missing|missed|left out|lacks?|not included|didn'?t include|incomplete|forg[eo]t\w*|skipp?ed|ignor\w*|overlook\w*|lost|loose|lose|removed|deleted|disappear\w*|gone|without)\b/,
  'too much':
    /\b(?:too (?:much|many|long|verbose|complex|complicated|big|small|aggressive|general|specific)|overly|over-?engineer\w*|unnecessary|needless|redundant|duplicat\w*|verbose|bloat\w*|overkill|excessive)\b/,
  'looks like': /\b(?:looks? like|seems?|it appears|appears to)\b/,
  please: /\b(?:please|pls|plz)\b/,
  'what is next': /\b(?:let'?s|next|move on|now (?:let|we|add)|then)\b/,
  'go on':
    /\b(?:go ahead|proceed|continue|keep going|next|let's (?:do|go|start|move|commit|add|create|implement)|sounds good|ship it|lgtm)\b/,
  'offers a choice': /\b(?:option|approach|first|second|either|whether|choose)\b/,
  states: /\b(?:we|it|this|that|these|there) (?:is|are|was|were|'s|'re|had|have|has|does|do)\b/,
  'negated order':
    /(?:^|[.!?,;\n-]\s*|\b(?:and|but|please|so)\s+)(?:do not|don't|dont|never|stop|avoid|no need)\b/,
  'for all times':
    /\b(?:from now on|always|never|every time|each time|in the future|going forward|remember to|make sure)\b/,
  negation:
    /\b(?:not|isn't|isnt|doesn't|doesnt|didn't|didnt|wasn't|won't|wont|can't|cant|aren't|no longer|without|nothing|none)\b/,
  exasperated: /!\?|\?!|\?\?|!!|\bnoo+!?|\bno!|wtf|jesus|damn|\bugh|argh|\bsigh|c'mon|come on|nope/,
};

/** Cues in the end of what the agent had said before. */
export const agentCues: Readonly<Record<string, RegExp>> = {
  'the agent had offered or asked':
    /(?:would you like|shall i|should i|do you want|let me know|want me to|ready to|any other|how would you|which (?:one|option|approach)|what would you|please (?:confirm|provide|share|let))/i,
  'the agent had asked': /\?\s*$/,
  'the agent had said that it was done':
    /(?:✅|\bdone\b|completed?|successfully|fixed|implemented|all tests|now (?:works|have|has|includes)|updated|added|created|pushed|committed)/i,
  'the agent had told its plan': /(?:\bplan\b|i(?:'|’)ll|i will|let me|going to|next steps?)/i,
};

/** Cues in the beginning of what the agent answered. */
export const replyCues: Readonly<Record<string, RegExp>> = {
  'the agent agreed':
    /\byou(?:'|’)?(?:re| are) (?:absolutely |completely |totally |quite |so )*(?:right|correct)\b|\bindeed\b|\bright[!.,—]|\bgood (?:catch|point|call|question)|great (?:catch|point)|fair (?:point|enough)|excellent point/i,
  'the agent apologised':
    /\bapolog|\bsorry\b|my (?:mistake|bad|error)|misunderst|misread|\boops\b|\bi (?:missed|forgot|was wrong|overlooked|shouldn|should (?:not )?have|made (?:a|an) |didn't|failed|incorrectly)|for (?:pointing|catching|the (?:correction|clarif))|frustrat/i,
  'the agent set about mending':
    /\b(?:let me|i(?:'|’)ll|i will|i need to|going to|i should) (?:\w+ )?(?:fix|correct|undo|revert|redo|restore|remove|update|adjust|simplify|clean|investigate|debug|rename|change|try again|re-?check|rewrite)/i,
  'the agent saw':
    /\b(?:i see (?:the|what|now|that|—)|i understand (?:now|the|you)|understood|got it|ah,|ah!|the (?:issue|problem|error) (?:is|was|seems))/i,
  'the agent was content':
    /^(?:great|perfect|excellent|sure|certainly|absolutely|of course|good|yes|here|done|thank)/i,
};
