import { type ReportMessage, type ReportState, reportStateSchema } from '../protocol';

// Behaviour of the report page, which the extension host renders: opening sources, filtering, and remembering both.

declare function acquireVsCodeApi(): {
  postMessage(message: ReportMessage): void;
  getState(): unknown;
  setState(state: ReportState): void;
};

const vscode = acquireVsCodeApi();
const agent = document.querySelector<HTMLSelectElement>('#agent');
const text = document.querySelector<HTMLInputElement>('#text');
const shown = document.querySelector<HTMLElement>('#shown');
const cards = [...document.querySelectorAll<HTMLElement>('article.card')];
const details = [...document.querySelectorAll<HTMLDetailsElement>('details[data-keep]')];

function saveState(): void {
  vscode.setState({
    open: Object.fromEntries(details.map((element) => [element.dataset['keep'] ?? '', element.open])),
    agent: agent?.value ?? '',
    text: text?.value ?? '',
    scroll: window.scrollY,
  });
}

function applyFilter(): void {
  const wanted = text?.value.trim().toLowerCase() ?? '';
  const wantedAgent = agent?.value ?? '';
  let visible = 0;
  for (const card of cards) {
    const fits =
      (wantedAgent === '' || card.dataset['agent'] === wantedAgent) &&
      (wanted === '' || (card.textContent ?? '').toLowerCase().includes(wanted));
    card.hidden = !fits;
    visible += Number(fits);
  }
  if (shown) shown.textContent = visible === cards.length ? '' : `${visible} of ${cards.length} shown`;
}

function restoreState(): void {
  const parsed = reportStateSchema.safeParse(vscode.getState());
  if (!parsed.success) return;
  const state = parsed.data;
  for (const element of details) element.open = state.open[element.dataset['keep'] ?? ''] ?? element.open;
  if (agent)
    agent.value = [...agent.options].some((option) => option.value === state.agent) ? state.agent : '';
  if (text) text.value = state.text;
  applyFilter();
  window.scrollTo(0, state.scroll);
}

function openSource(event: MouseEvent): void {
  if (!(event.target instanceof HTMLElement)) return;
  const correctionId = event.target.closest<HTMLElement>('[data-correction]')?.dataset['correction'];
  if (correctionId) vscode.postMessage({ type: 'openSource', correctionId });
}

restoreState();
document.addEventListener('click', openSource);
window.addEventListener('scrollend', saveState);
for (const element of details) element.addEventListener('toggle', saveState);
for (const field of [agent, text]) {
  field?.addEventListener('input', () => {
    applyFilter();
    saveState();
  });
}
