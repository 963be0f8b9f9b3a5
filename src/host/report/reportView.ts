import type * as vscode from 'vscode';
import { type ReportMessage, type ReportUpdate, reportMessageSchema } from '../../protocol';
import { type Engine, loadEngine } from '../engine';
import { showError } from '../showError';
import type { WorkspaceSession } from '../workspaceSession';
import { act } from './reportActions';
import type { ReportRecords } from './reportRecords';

type Section = Extract<ReportUpdate, { type: 'section' }>['section'];
export type ReportTab = Extract<ReportUpdate, { type: 'turnTo' }>['tab'];
/** What is read apart from the rest, because it changes at other times or costs more. */
export type ReportPart = 'patterns' | 'counts' | Section;

/** Rows in one message: few enough that making it takes some milliseconds. */
const rowsInMessage = 200;

/** Fills one webview: sends what it asks for, and later only what changed, so that the page keeps its place. */
export class ReportView {
  readonly #webview: vscode.Webview;
  readonly #session: WorkspaceSession;
  readonly #log: vscode.LogOutputChannel;
  readonly #records: ReportRecords;
  readonly #wanted = new Set<ReportPart>();
  readonly #open = new Set<Section>();
  /** What the page has, as it was sent: rows by their pattern, the rest by its name. */
  readonly #sentRows = new Map<string, string>();
  readonly #sent = new Map<string, string>();
  #selected: string | undefined;
  /** What the page is to turn to once it stands. */
  #turnTo: ReportTab | undefined;
  #stands = false;
  #working = false;
  /** What was read while the page was loading for the first time is still new when it stands. */
  #readAhead = true;
  /** Corrections when the patterns last changed: those that came later are in none. Undefined until they are counted. */
  #countedWithPatterns: number | undefined;

  /** `records`: what was last read, by this view or one before it. It is shown until it is read again. */
  constructor(
    webview: vscode.Webview,
    records: ReportRecords,
    session: WorkspaceSession,
    log: vscode.LogOutputChannel,
  ) {
    this.#records = records;
    this.#webview = webview;
    this.#session = session;
    this.#log = log;
    this.refresh('patterns');
  }

  /** Turns the page to a tab: at once where it is shown, else when it has been made. */
  turnTo(tab: ReportTab, isShown: boolean): void {
    if (this.#stands && isShown) this.#post({ type: 'turnTo', tab });
    else this.#turnTo = tab;
  }

  async receive(message: unknown): Promise<void> {
    const parsed = reportMessageSchema.safeParse(message);
    if (!parsed.success) {
      this.#log.warn('The report sent a message that is not understood; it was ignored.');
      return;
    }
    await this.#answer(parsed.data);
  }

  /** Reads these parts again, once the page has asked for anything at all. Calls while it reads are taken together. */
  refresh(...parts: readonly ReportPart[]): void {
    for (const part of parts) this.#wanted.add(part);
    if (this.#working) return;
    this.#working = true;
    void this.#work().catch((error: unknown) => showError(this.#log, error));
  }

  async #answer(message: ReportMessage): Promise<void> {
    if (message.type === 'ready') {
      this.#stands = true;
      if (this.#turnTo !== undefined) this.#post({ type: 'turnTo', tab: this.#turnTo });
      this.#turnTo = undefined;
      this.#sentRows.clear();
      this.#sent.clear();
      this.#open.clear();
      const { complete, patterns } = this.#records;
      if (complete || patterns.size > 0) await this.#sendRows(await loadEngine());
      if (!this.#readAhead) this.refresh('patterns');
      this.#readAhead = false;
      this.refresh('counts');
    } else if (message.type === 'select') {
      this.#selected = message.patternId;
      this.#sent.delete('detail');
      this.#sendDetail(await loadEngine());
    } else if (message.type === 'openSection') {
      this.#open.add(message.section);
      this.refresh(message.section);
    } else {
      await act(message, this.#records, this.#session);
      if (message.type === 'dismiss') await this.#dropDismissed(message.patternId);
    }
  }

  /** At once: reading everything again takes a moment, in which the person would doubt what they did. */
  async #dropDismissed(patternId: string): Promise<void> {
    const { store } = (await this.#session.open()).ports;
    if (await store.get('patterns', patternId)) return;
    this.#records.patterns.delete(patternId);
    this.#sentRows.delete(patternId);
    this.#post({ type: 'removed', ids: [patternId] });
  }

  async #work(): Promise<void> {
    try {
      const engine = await loadEngine();
      while (this.#wanted.size > 0) {
        const parts = new Set(this.#wanted);
        this.#wanted.clear();
        const withPatterns = parts.has('patterns');
        if (withPatterns) await this.#readPatterns(engine);
        for (const section of this.#open) {
          if (parts.has(section) || (withPatterns && section === 'map'))
            await this.#readSection(engine, section);
        }
        // Last: for the first time it reads all corrections.
        if (withPatterns || parts.has('counts')) await this.#readCounts(engine);
      }
    } finally {
      this.#working = false;
    }
  }

  async #readPatterns(engine: Engine): Promise<void> {
    const { store } = (await this.#session.open()).ports;
    const { records, skipped } = await engine.loadPatterns(store, (first) => {
      if (this.#records.complete) return;
      this.#records.keepFirst(first);
      void this.#sendRows(engine).catch((error: unknown) => showError(this.#log, error));
    });
    if (this.#records.keepPatterns(records)) this.#countedWithPatterns = undefined;
    this.#records.skipped.set('patterns', skipped);
    await this.#sendRows(engine);
    this.#sendDetail(engine);
  }

  async #sendRows({ patternRow, Breath }: Engine): Promise<void> {
    const breath = new Breath();
    const { patterns, complete } = this.#records;
    let rows: ReturnType<typeof patternRow>[] = [];
    const send = (isLast: boolean) => {
      this.#post({ type: 'rows', rows: rows.map(copyOf), complete: isLast && complete });
      rows = [];
    };
    for (const [id, entry] of patterns) {
      const row = patternRow(entry);
      const text = JSON.stringify(row);
      if (this.#sentRows.get(id) !== text) {
        this.#sentRows.set(id, text);
        rows.push(row);
      }
      if (rows.length < rowsInMessage && !breath.isDue) continue;
      send(false);
      if (breath.isDue) await breath.take();
      // Others were read meanwhile, and are sent by who read them.
      if (this.#records.patterns !== patterns) return;
    }
    const ids = [...this.#sentRows.keys()].filter((id) => !patterns.has(id));
    for (const id of ids) this.#sentRows.delete(id);
    if (ids.length > 0) this.#post({ type: 'removed', ids });
    send(true);
  }

  #sendDetail({ patternDetail }: Engine): void {
    const entry = this.#selected === undefined ? undefined : this.#records.patterns.get(this.#selected);
    if (!entry) return;
    const { patternId, title } = entry.pattern;
    this.#postOnce('detail', { type: 'detail', patternId, title, markup: patternDetail(entry, true).markup });
  }

  async #readCounts(engine: Engine): Promise<void> {
    const { store } = (await this.#session.open()).ports;
    const { corrections, sessions, skipped } = await engine.loadCounts(store);
    this.#records.skipped.set('counts', skipped);
    this.#countedWithPatterns ??= corrections;
    const patterns = this.#records.patterns.size;
    const totals = { corrections, sessions, patterns, improvements: 0 };
    this.#postOnce('overview', {
      type: 'overview',
      totals: engine.totalsLine(totals, corrections - this.#countedWithPatterns),
      none: patterns === 0 ? engine.noPatterns(totals, true).markup : '',
      unread: this.#records.unread.length,
    });
  }

  async #readSection(engine: Engine, section: Section): Promise<void> {
    this.#postOnce(section, { type: 'section', section, markup: await this.#sectionMarkup(engine, section) });
  }

  async #sectionMarkup(engine: Engine, section: Section): Promise<string> {
    const { store } = (await this.#session.open()).ports;
    if (section === 'map') {
      const { records, skipped } = await store.list('clusters');
      this.#records.skipped.set('map', skipped);
      return engine.clusterMap(records, new Set(this.#records.patterns.keys()), true).markup;
    }
    if (section === 'improvements') {
      const { records, skipped } = await engine.loadImprovements(store);
      this.#records.improvements = records;
      this.#records.skipped.set('improvements', skipped);
      return engine.improvementsPart(records, true).markup;
    }
    if (section === 'experiments') {
      const { access, canaryWatch } = await this.#session.open();
      if (!(await access.may('patterns.analyze'))) return engine.experimentsNotShown.markup;
      const { statuses, skipped } = await canaryWatch.look();
      this.#records.skipped.set('experiments', skipped);
      return engine.canaryPart(statuses).markup;
    }
    if (section === 'monitoring') {
      const { monitoring, skipped } = await engine.loadMonitoring((await this.#session.open()).ports);
      this.#records.skipped.set('monitoring', skipped);
      return engine.monitoringPart(monitoring, true).markup;
    }
    return engine.unreadPart(this.#records.unread).markup;
  }

  /** What the page has already is not sent again: it would lose its place for nothing. */
  #postOnce(name: string, update: ReportUpdate): void {
    const text = JSON.stringify(update);
    if (this.#sent.get(name) === text) return;
    this.#sent.set(name, text);
    this.#post(update);
  }

  /** Not awaited: a page that is hidden takes no message, and asks for everything when it is shown again. */
  #post(update: ReportUpdate): void {
    void this.#webview.postMessage(update);
  }
}

/** The same row with lists of its own, as the message's type has them. */
function copyOf(
  row: ReturnType<Engine['patternRow']>,
): Extract<ReportUpdate, { type: 'rows' }>['rows'][number] {
  return {
    ...row,
    signals: [...row.signals],
    fileKinds: [...row.fileKinds],
    tools: [...row.tools],
    weeks: [...row.weeks],
  };
}
