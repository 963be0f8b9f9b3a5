import { exportFormats, type ReportUpdate } from '../protocol';
import { required } from './dom';
import { host, onUpdate } from './host';
import { startMap } from './map';
import { Patterns } from './patterns';
import { change, state } from './state';
import { showSection, showTab, startTabs, tellUnread } from './tabs';

// Behaviour of the report page. The extension host sends rows and, on request, details; the page sorts, filters and shows them, and
// keeps its place while they change.

const patterns = new Patterns();
const totals = required('totals', HTMLElement);

function openPattern(patternId: string): void {
  showTab('patterns');
  patterns.open(patternId);
}

function take(update: ReportUpdate): void {
  if (update.type === 'rows') patterns.take(update);
  else if (update.type === 'removed') patterns.remove(update.ids);
  else if (update.type === 'detail') patterns.detail.show(update);
  else if (update.type === 'section') showSection(update);
  else if (update.type === 'turnTo') showTab(update.tab);
  else {
    totals.textContent = update.totals;
    tellUnread(update.unread);
    patterns.sayNone(update.none);
  }
}

function act({ action, pattern: patternId, format, part }: DOMStringMap): void {
  if (action === 'clear') patterns.clearFilters();
  if (action === 'importCorrections' || action === 'runImprovement' || action === 'checkHealth')
    host.postMessage({ type: action });
  if (action === 'export') {
    const wanted = exportFormats.find((one) => one === format);
    const of = part === 'monitoring' ? { part: 'monitoring' as const } : {};
    if (wanted) host.postMessage({ type: 'export', format: wanted, ...of });
  }
  if (action === 'openSource') {
    const correctionId = patterns.detail.firstCorrection;
    if (correctionId !== undefined) host.postMessage({ type: 'openSource', correctionId });
  }
  if (patternId === undefined) return;
  if (action === 'select') openPattern(patternId);
  if (action === 'openPrompt' || action === 'improve' || action === 'dismiss')
    host.postMessage({ type: action, patternId });
}

function onClick({ target }: MouseEvent): void {
  if (!(target instanceof Element)) return;
  const button = target.closest<HTMLElement>('[data-action], [data-correction]');
  if (!button) return;
  const { correction } = button.dataset;
  if (correction === undefined) act(button.dataset);
  else host.postMessage({ type: 'openSource', correctionId: correction });
}

/** Keys of the whole page; those of the list, the tabs and the map are their own. */
function onKey(event: KeyboardEvent): void {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  const find = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'f';
  if (find || (event.key === '/' && !typing)) {
    if (state().tab !== 'patterns') showTab('patterns');
    patterns.bar.focus();
  } else if (state().tab !== 'patterns') return;
  else if (event.key === 'Escape' && (patterns.bar.isSearching || patterns.detail.contains(event.target))) {
    patterns.list.focus();
  } else if (event.key === 'ArrowDown' && patterns.bar.isSearching) patterns.list.focus();
  else if (event.key === 'Enter' && event.target === required('list', HTMLElement)) patterns.detail.focus();
  else return;
  event.preventDefault();
}

startTabs();
startMap(openPattern);
document.addEventListener('click', onClick);
document.addEventListener('keydown', onKey);
document.addEventListener(
  'toggle',
  ({ target }) => {
    if (!(target instanceof HTMLDetailsElement)) return;
    const name = target.dataset['keep'];
    if (name !== undefined) change({ open: { ...state().open, [name]: target.open } });
  },
  true,
);
onUpdate(take);
host.postMessage({ type: 'ready' });
showTab(state().tab);
