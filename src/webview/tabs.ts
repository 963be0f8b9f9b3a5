import { type ReportState, type ReportUpdate, reportTabs } from '../protocol';
import { required } from './dom';
import { fill, nodesOf } from './fragment';
import { host } from './host';
import { change, state } from './state';

type Tab = ReportState['tab'];

const names: readonly Tab[] = reportTabs;

function button(name: Tab): HTMLButtonElement {
  return required(`tab-${name}`, HTMLButtonElement);
}

function panel(name: Tab): HTMLElement {
  return required(`panel-${name}`, HTMLElement);
}

function offered(): readonly Tab[] {
  return names.filter((name) => !button(name).hidden);
}

/** Shows one part of the report. What it holds is read when it is looked at for the first time. */
export function showTab(chosen: Tab): void {
  for (const name of names) {
    const isChosen = name === chosen;
    button(name).setAttribute('aria-selected', String(isChosen));
    button(name).tabIndex = isChosen ? 0 : -1;
    panel(name).hidden = !isChosen;
  }
  change({ tab: chosen });
  if (chosen !== 'patterns') host.postMessage({ type: 'openSection', section: chosen });
}

export function showSection({ section, markup }: Extract<ReportUpdate, { type: 'section' }>): void {
  fill(panel(section), nodesOf(markup));
}

/** Tells of records that could not be read; without any there is no such tab. */
export function tellUnread(count: number): void {
  const tab = button('unread');
  tab.hidden = count === 0 && state().tab !== 'unread';
  tab.textContent = count === 0 ? 'Unread records' : `Unread records (${count})`;
}

export function startTabs(): void {
  for (const name of names) button(name).addEventListener('click', () => showTab(name));
  required('tab-patterns', HTMLButtonElement).parentElement?.addEventListener('keydown', (event) => {
    const tabs = offered();
    const at = tabs.indexOf(state().tab);
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at - 1 + tabs.length) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const wanted = tabs[moves[event.key] ?? -1];
    if (wanted === undefined) return;
    event.preventDefault();
    showTab(wanted);
    button(wanted).focus();
  });
}
