import { stem } from '../text/stem';
import { words } from '../text/words';

/**
 * Words that people and prompts use for the same thing, a line each; the first stands for all. General talk of software work,
 * no project's own terms.
 */
const alike = `remove delete drop erase wipe nuke discard
add append insert
fix repair resolve correct
change edit modify alter
check verify verification validate confirm inspect
comment docstring
redundant duplicate duplication repeat repetition restate dry
repo repository
folder directory dir
search grep find rg ripgrep
ask question confirmation clarify clarification
approval approve permission consent
simple simplify simpler minimal minimum minimize straightforward
concise short brief terse compact
rush hurry premature prematurely
doc document documentation
finish complete completion done
error failure exception fail
plan design proposal propose
explain describe explanation
refactor tidy cleanup restructure
guess assume assumption speculate speculative speculation
evidence proof prove
secret credential
parallel concurrent
helper utility util
requirement require
config configuration configure setting
instruction rule guideline
temporary temp tmp
update upgrade
create creation
name naming rename
function method
library package dependency
placeholder stub mock fake
careful carefully caution worry`;

const representative: ReadonlyMap<string, string> = new Map(
  alike.split('\n').flatMap((line) => {
    const [first = '', ...others] = line.split(' ').map(stem);
    return others.filter((other) => other !== first).map((other): [string, string] => [other, first]);
  }),
);

/** The stem that stands for this stem and its like. */
export function representativeOf(word: string): string {
  return representative.get(word) ?? word;
}

/** Content words in order, each in the form that stands for its like: "ran the tests twice, deleted both" gives run, test, twice, remov, both. */
export function coverageWords(text: string): string[] {
  return words(text).map(representativeOf);
}

/** Neighbours written as one word, so that "work log" and "worklog" meet. */
export function joined(inOrder: readonly string[]): string[] {
  return inOrder.slice(1).map((word, index) => `${inOrder[index] ?? ''}${word}`);
}
