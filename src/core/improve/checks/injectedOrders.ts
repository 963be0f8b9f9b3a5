/** A kind of order that a text tries to pass on to whoever reads it. */
export interface InjectedOrder {
  /** What it does, as in "it hides something from the people who read it". */
  readonly kind: string;
  readonly pattern: RegExp;
}

const secret = String.raw`(?:secrets?|credentials?|passwords?|passphrases?|api[ _-]?keys?|access[ _-]?tokens?|private keys?|ssh keys?|\.env(?![\w.])|env(?:ironment)? (?:variables?|vars?)|(?:system|hidden|initial|developer) (?:prompt|instructions?|message)|session cookies?|[A-Z]{2,}_(?:TOKEN|KEY|SECRET|PASSWORD)\b|id_rsa|\.aws/credentials|chat history|conversation history)`;
const people =
  '(?:user|human|person|reviewer|developer|operator|maintainer|team|owner|anyone|anybody|them|him|her)s?';
const told =
  '(?:previous|prior|above|earlier|preceding|former|foregoing|system|original|initial|existing|safety|security)';
const orderNoun =
  '(?:instructions?|prompts?|rules?|guidelines?|directions?|directives?|messages?|guardrails?|restrictions?|polic(?:y|ies)|constraints?|context|commands?)';

const overrides: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:ignore|disregard|forget|override|bypass|discard|neglect|dismiss|stop following|stop obeying|do(?: not|nt) (?:follow|obey)|pay no attention to|set aside)\b(?: \S+){0,4}? ${told}(?: \S+){0,2}? ${orderNoun}\b`,
    'i',
  ),
  /\b(?:ignore|disregard|forget|override|bypass)\b (?:all|any|every|your|the|these|those|its)(?: of)?(?: your| the| other)? (?:instructions?|guidelines?|prompts?|directives?|guardrails?|restrictions?|safety\b)/i,
  /\b(?:ignore|disregard|forget)\b (?:everything|anything|all|whatever|what)(?: \S+){0,3}? (?:above|before this|so far|(?:been |were |was )?told|said before|you know|learned)\b/i,
  /\b(?:instructions?|rules?|guidelines?|prompts?|everything|all)\b(?: \S+){0,4}? (?:above|before|earlier|previously|so far)\b(?: \S+){0,3}? (?:void|cancel\w*|no longer|obsolete|superseded|irrelevant|do(?:es)? not apply|invalid)\b/i,
  /\b(?:treat|consider|regard)\b (?:everything|all|anything|the text)(?: \S+){0,3}? as (?:void|null|cancel\w*|obsolete|invalid)\b/i,
  /\b(?:your|the|all|any) (?:earlier|previous|prior|old|original)(?: \S+)? (?:instructions?|rules?|guidelines?)\b (?:are|were|have been|is) (?:now )?(?:void|cancel\w*|revoked|lifted|obsolete|superseded|no longer)/i,
  /\b(?:ignora|olvida|desatiende|omite)\b.{0,30}\b(?:instrucciones|reglas|indicaciones)\b.{0,20}\b(?:anterior|previa)/i,
  /\b(?:ignore[zr]?|oublie[zr]?)\b.{0,30}\b(?:instructions|consignes|règles)\b.{0,20}\b(?:précédent|antérieur|ci-dessus)/i,
  /\b(?:ignorier|vergiss|missacht|vergesst)\w*\b.{0,30}\b(?:vorherig|bisherig|vorig|obig|früher|alle)\w*.{0,20}\b(?:anweisung|regel|instruktion)/i,
  /\b(?:ignor[ea]|esque[çc]a|desconsidere)\b.{0,30}\b(?:instruç|regras|orienta)\S*.{0,20}\b(?:anterior|prévia)/i,
  /\b(?:ignora|dimentica)\b.{0,30}\b(?:istruzioni|regole)\b.{0,20}\b(?:precedent|sopra)/i,
  /(?:игнорируй|забудь|проигнорируй)\S*.{0,30}(?:предыдущ|прежн|все)\S*.{0,20}(?:инструкц|указани|правил)/iu,
  /(?:忽略|无视|忘记|無視して?|忘れ).{0,12}(?:指令|指示|规则|提示|說明|说明)|(?:以前|之前|前|これまで|上記)の?(?:すべての)?(?:指示|命令|ルール)を(?:無視|忘れ)/u,
  /(?:이전|앞의|위의).{0,10}(?:지시|명령|규칙).{0,6}(?:무시|잊)/u,
  /تجاهل.{0,20}(?:التعليمات|الأوامر)/u,
];

const downloads: readonly RegExp[] = [
  /\b(?:curl|wget|iwr|irm|fetch|invoke-webrequest|invoke-restmethod)\b[^\n]{0,300}?\|\s{0,9}(?:sudo\s+)?(?:ba|z|da|k|fi)?(?:sh|python\d?|node|perl|ruby|php|iex|powershell|pwsh|invoke-expression)\b/i,
  /\b(?:bash|sh|zsh|eval|iex|source|python\d?|node|exec)\b[^\n]{0,20}(?:<\(|\$\(|\(|`)\s*(?:curl|wget|iwr|irm|new-object net)\b/i,
  /\b(?:download|fetch|get|grab|pull|load)\b.{0,80}\bhttps?:\/\/.{0,120}\b(?:run|execute|eval|install|source|launch|follow)\b/i,
  /\b(?:fetch|read|open|visit|load)\b.{0,40}\bhttps?:\/\/\S+.{0,40}\b(?:follow|obey|execute|do what)\b/i,
  /\b(?:pip3?|npm|npx|pnpm|yarn|gem|go|cargo|uv)\b(?: \S+){0,3}? (?:git\+)?https?:\/\//i,
  /\b(?:curl|wget)\b.{0,200}(?:&&|;).{0,40}(?:chmod \+x|(?:ba|z)?sh\b|\.\/\w)/i,
];

const dangers: readonly RegExp[] = [
  /\brm\s+-[a-z]*[rf][a-z]*\s+(?:--no-preserve-root\s+)?(?:[/~*]|\$HOME|\.(?:\s|$))/i,
  /\b(?:mkfs(?:\.\w+)?\s|dd\s+if=\S+\s+of=\/dev\/|:\(\)\s*\{|format c:)/i,
  /\/dev\/tcp\/|\bnc(?:at)?\s+-\w*e\b|\breverse shell\b|\b(?:add|insert|install|leave|plant|create|include)\b.{0,30}\b(?:backdoor|keylogger|malware|trojan|rootkit|crypto ?miner)\b/i,
  /\b(?:delete|wipe|clear|erase|remove)\b.{0,20}\b(?:audit (?:log|trail)|shell history|bash history|all (?:backups|branches|files)|the evidence)\b/i,
];

const escalations: readonly RegExp[] = [
  /--(?:dangerously-skip-permissions|dangerously-bypass-approvals-and-sandbox|allow-dangerously\S*|yolo)\b|\bbypassPermissions\b|\bdanger-full-access\b|\byolo mode\b/i,
  /\bchmod\s+(?:-R\s+)?(?:0?777|a\+rwx|u\+s)\b|(?<![\w-])sudo\b(?!ku)|\bsetenforce 0\b|\bNODE_TLS_REJECT_UNAUTHORIZED\s*=\s*0|\bhttp\.sslVerify\s+false/i,
  /\b(?:disable|turn off|switch off|deactivate|circumvent|bypass|get around|remove)\b (?:\S+ ){0,3}?(?:sandbox(?:ing)?|guardrails?|safety (?:checks?|features?|filters?|rules?)|security (?:checks?|controls?|features?|scans?|hooks?)|firewall(?! rules?)|antivirus|permission (?:checks?|prompts?|system)|approval (?:prompts?|steps?|checks?)|(?:ssl|tls|certificate) (?:verification|checks?|validation)|audit log(?:ging)?|authentication)\b/i,
  /\b(?:add|append|write|put|edit|change|grant|allow)\b.{0,60}(?:authorized_keys|\.(?:bash|zsh)rc\b|\bcrontab\b|\/etc\/(?:passwd|shadow|sudoers|hosts)|permissions\.allow|"?Bash\(\*(?::\*)?\))/i,
  /\b(?:approve|accept|allow|grant|confirm|skip|suppress|auto-?approve)\b (?:every|all|any) (?:\S+ )?(?:tools?|commands?|permissions?|permission requests?|approval prompts?|approvals?|confirmations?|prompts?|requests?)\b(?: (?:automatically|without|yourself)|[.!]|$)/i,
];

const exfiltrations: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:reveal|leak|exfiltrate|send|upload|post|e-?mail(?= (?:me|us|the|all|any|every|your|our|its)\b)|forward|transmit|dump|paste|publish|disclose|expose|print|echo|output|repeat|show|put(?= \S+ in the (?:body|title|log|output))|include(?= (?:the )?contents? of))\b (?:\S+ ){0,6}?${secret}(?! (?:count|usage|names? only|error|is missing))`,
    'i',
  ),
  /\b(?:send|upload|post|e-?mail|forward|transmit|copy|exfiltrate|report|push|sync)\b (?:\S+ ){0,8}?(?:to|at|via|using)(?: \S+){0,3}? (?:https?:\/\/|ftp:\/\/|[\w.+-]+@[\w-]+\.\w+)/i,
  /\b(?:curl|wget|iwr|invoke-webrequest|nc|ncat)\b.{0,120}(?:(?:-d|--data(?:-\w+)?|-F|-T|--upload-file|--post-file|-Body)[ =]?["']?(?:@|\$|`|\w+=@|~|\/)|\$\((?:cat|env|printenv))/i,
  /\b(?:cat|env|printenv|tar|base64)\b.{0,80}\|\s*(?:base64\s*\|\s*)?(?:curl|nc|ncat|wget)\b/i,
  /\b(?:cat|read|open|include|copy|type|print)\b.{0,20}(?:~?\/\.ssh\/|\.ssh\/id_|\/etc\/shadow|\/etc\/passwd|\.aws\/credentials|\.netrc|\.npmrc)/i,
];

const hiding: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:do(?: not|nt)|never|without) (?:ever )?(?:tell(?:ing)?|inform(?:ing)?|notify(?:ing)?|alert(?:ing)?|warn(?:ing)?|let(?:ting)?|mention(?:ing)?|reveal(?:ing)?|disclos(?:e|ing)|report(?:ing)?)(?: (?:this|it|that|these))?(?: to)?(?: the| any| your)? ${people}(?: know)?\b(?= ?(?:$|[.,;!)]|about (?:this|it|that|the change|these)|of (?:this|it)|that (?:you|this)|what you|and\b|why you))`,
    'i',
  ),
  /\b(?:do(?: not|nt)|never) (?:mention|reveal|disclose|tell|speak of|talk about) (?:this|these|that|the (?:above|existence of)) (?:\S+ ){0,2}?(?:instructions?|rules?|orders?|prompts?|messages?|steps?|change|to)\b/i,
  /\b(?:secretly|covertly|stealthily|surreptitiously|behind (?:the|their) \S+ back)\b/i,
  new RegExp(
    String.raw`\b(?:hide|conceal|keep|withhold|obscure)\b (?:\S+ ){0,4}?(?:secret|hidden|from (?:the |any |your )?${people})\b`,
    'i',
  ),
  /\bkeep (?:this|it|that) (?:between us|to yourself|quiet)\b|\bso (?:that )?(?:the |no |your )?\S+ (?:does(?: not|nt|n['’]t)|do(?: not|nt|n['’]t)|will not|never|cannot)? ?(?:notices?|see|find out)\b/i,
  /\bwithout (?:the |their |his |her )?\S* ?(?:knowledge|anyone noticing|being noticed|leaving a trace)\b/i,
  /\bno le digas al usuario|\bne (?:le )?dis pas à l.utilisateur|\bsag(?:e)? (?:es )?dem (?:be)?nutzer nicht|不要告诉用户|ユーザーに(?:は)?(?:言わ|伝え)ない|не говори пользовател/iu,
];

const personas: readonly RegExp[] = [
  /\byou are (?:now )?DAN\b|\b(?:enter|switch to|activate) (?:developer|god|admin|jailbreak|unrestricted) mode\b(?! builds?)/i,
  /\byou are now\b.{0,40}\b(?:(?:developer|debug|maintenance|free) mode|dan|jailbroken|unrestricted|admin|root|free|god)\b/i,
  /\b(?:act|behave|respond|pretend|roleplay)\b.{0,20}\b(?:as dan\b|jailbroken|unrestricted|no (?:restrictions?|rules|limits|filters?)|(?:developer|god|admin) mode)/i,
  /\b(?:you|and) (?:have|are under) no (?:restrictions?|limits|rules|limitations)\b|\b(?:developer|debug|god|admin) mode (?:is )?(?:on|enabled|activated)\b|\b(?:system|admin|root) override\b/i,
  /\bfrom now on,? (?:you )?(?:only )?(?:obey|take orders|answer only to)\b|\b(?:begin|new|updated|end of) (?:system )?(?:prompt|instructions)\s*:/i,
  /<\/?(?:system|assistant|user|human|instructions?|system-reminder|tool_result|function_calls?)>|<\|[a-z_]+\|>|\[\/?INST\]|<<\/?SYS>>/i,
  /(?:^|[.!?]\s)\W{0,4}(?:SYSTEM|ASSISTANT|Human|Assistant)\s*:\s*\S|^#{1,6} (?:System|Assistant|Instruction)s?\s*:/,
];

const spreading: readonly RegExp[] = [
  /\b(?:copy|add|insert|append|write|paste|propagate|spread|repeat)\b (?:this|these|the above) (?:rules?|instructions?|prompts?|texts?|messages?|paragraphs?|lines?|sections?|orders?)(?: \S+){0,2}? (?:in|into|to)(?: \S+){0,2}? (?:every|all|each|any) /i,
];

const encodings: readonly RegExp[] = [
  /\bbase64\s+(?:-d|-D|--decode)\b|\batob\(|\bfromCharCode\b|\bFromBase64String\b|\bpowershell\b.{0,40}\s-e(?:nc|ncodedcommand)?\s/i,
  /\b(?:decode|decrypt|deobfuscate|unscramble|rot13)\b.{0,60}\b(?:run|execute|follow|obey|eval|do what)\b/i,
];

function all(kind: string, patterns: readonly RegExp[]): InjectedOrder[] {
  return patterns.map((pattern) => ({ kind, pattern }));
}

/** Looked for in the plain spelling of a text. */
export const injectedOrders: readonly InjectedOrder[] = [
  ...all('it tries to set aside other instructions', overrides),
  ...all('it fetches something and runs or follows it', downloads),
  ...all('it destroys or plants something', dangers),
  ...all('it takes permissions or turns a safeguard off', escalations),
  ...all('it gives secrets or data away', exfiltrations),
  ...all('it hides something from people', hiding),
  ...all('it speaks as if it were the system or changes who the agent is', personas),
  ...all('it wants to be copied on', spreading),
  ...all('it runs something encoded', encodings),
];

/** Looked for in the text as it stands, HTML outside of code marks; nothing makes these harmless. */
export const hiddenHtml: readonly InjectedOrder[] = [
  { kind: 'it holds an HTML comment, which readers of the rendered page do not see', pattern: /<!--/ },
  {
    kind: 'it holds hidden HTML',
    pattern:
      /<(?:script|iframe|img|object|embed|svg|style|meta|link)\b|\bstyle\s*=\s*["'][^"']*(?:display\s*:\s*none|font-size\s*:\s*0|color\s*:\s*white)/i,
  },
];

export const hiddenContent: readonly InjectedOrder[] = [
  {
    kind: 'it holds an encoded blob',
    pattern:
      /(?<![\w/+.-])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*\d)(?:[A-Za-z0-9+]{36,}|[A-Za-z0-9+/]{64,})(?![\w/])|(?<![\w-])[A-Za-z0-9+/]{16,}={1,2}(?![\w=])|(?<!\w)[0-9a-fA-F]{48,}(?!\w)|(?:\\x[0-9a-fA-F]{2}){5}|(?:\\u[0-9a-fA-F]{4}){5}|(?:&#x?[0-9a-fA-F]{2,5};){5}|(?:%[0-9a-fA-F]{2}){8}|(?:\b[01]{8}\b\s?){5}/,
  },
  {
    kind: 'it holds an image or a link that carries data away in its address',
    pattern:
      /!\[[^\]]*\]\(\s*(?:https?:)?\/\/|\]\(\s*https?:\/\/[^)]*[?&=/](?:\{|\$|<|%7b|\[)|\bhttps?:\/\/\S*[?&]\w+=(?:\{|\$|<|%7b|\[)|\bhttps?:\/\/[^/\s:@]+:[^/\s@]+@|\]\(\s*(?:javascript|data):/i,
  },
];
