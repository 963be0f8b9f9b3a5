import type { Command } from '../command';
import { commandIds } from '../ids';
import { chooseText } from '../replay/chooseText';
import { comparisonText } from '../replay/comparisonText';
import { compareTexts } from '../replay/runReplay';

/** A/B of any two prompts by what the chosen model answers to the folder's scenarios. */
export const comparePrompts: Command = {
  id: commandIds.comparePrompts,
  needsTrust: true,
  async run(host) {
    const a = await chooseText(host, 'A: which prompt?');
    const b = a && (await chooseText(host, `B: compare ${a.name} with which prompt?`));
    if (!a || !b) return undefined;
    const compared = await compareTexts(
      host,
      { a: a.text, b: b.text },
      `Claude PM: ${a.name} against ${b.name}`,
    );
    if (compared === undefined) return undefined;
    const { comparison } = compared;
    const page = await host.pages.show(comparisonText(comparison, { a: a.name, b: b.name }));
    const { verdict, winner, tier } = comparison;
    return { verdict, winner, tier, page: page.toString() };
  },
};
