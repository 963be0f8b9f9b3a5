import { type ReportMessage, type ReportUpdate, reportUpdateSchema } from '../protocol';

declare function acquireVsCodeApi(): {
  postMessage(message: ReportMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** The extension host behind the page. VS Code gives it out once. */
export const host = acquireVsCodeApi();

/** What does not parse is dropped: it can only come of another version of the extension, which is about to load the page anew. */
export function onUpdate(take: (update: ReportUpdate) => void): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const parsed = reportUpdateSchema.safeParse(event.data);
    if (parsed.success) take(parsed.data);
  });
}
