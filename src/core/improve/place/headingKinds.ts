// What a heading or a rule says of itself. The words are English; in a prompt of another language none is found, and nothing breaks.

/** "Rules", "Guidelines", "Important notes": what stands below is meant to be followed. */
const norms =
  /\b(?:rules?|guidelines?|guidance|conventions?|principles?|standards?|practices?|important|critical|mandatory|must|requirements?|constraints?|notes?|polic(?:y|ies)|preferences?|agreements?|protocols?|instructions?|reminders?|tips)\b/i;
const prohibitions =
  /\b(?:don['’]?ts?|do not|never|avoid|pitfalls?|gotchas?|anti[- ]?patterns?|warnings?|mistakes|forbidden|prohibited|prohibitions?|limitations?|caveats?|not to do)\b/i;
/** Sections whose lines are no rules. */
const notForRules =
  /\b(?:examples?|changelog|release notes|references?|links|see also|when to use|licen[cs]e|(?:table of )?contents|glossary|credits)\b/i;

export const headingKinds = { norms, prohibitions, notForRules } as const;

export function prohibits(rule: string): boolean {
  return /\b(?:never|do not|don['’]?t|avoid|must not|mustn['’]t|should not|shouldn['’]t|no longer|not allowed|forbidden)\b/i.test(
    rule,
  );
}

/** It opens with an order, or says must, always or never. */
export function demands(rule: string): boolean {
  return (
    prohibits(rule) ||
    /\b(?:must|always|required|should|shall)\b/i.test(rule) ||
    /^[^\p{L}]*(?:use|ensure|make|keep|run|write|check|verify|update|add|commit|push|follow|prefer|create|include|document|place|ask|read|stop|start|wait|put|test|remove|delete|report|say|tell|treat|set|see|call|go)\b/iu.test(
      rule,
    )
  );
}
