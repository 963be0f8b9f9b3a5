import { type ReportState, reportStateSchema } from '../protocol';
import { host } from './host';

const fresh: ReportState = {
  tab: 'patterns',
  selected: null,
  text: '',
  filters: {},
  sort: 'impact',
  scroll: { list: 0, detail: 0 },
  open: {},
};

function restored(): ReportState {
  const parsed = reportStateSchema.safeParse(host.getState());
  return parsed.success ? parsed.data : fresh;
}

let current = restored();

export function state(): ReportState {
  return current;
}

/** Kept by VS Code while the page is hidden and over a restart. */
export function change(changes: Partial<ReportState>): void {
  current = { ...current, ...changes };
  host.setState(current);
}
