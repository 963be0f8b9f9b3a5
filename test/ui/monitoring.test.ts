import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandLineIn } from '../harness/mainJob/commandLine';
import { screenshot, switchTheme, type ThemeName, themes } from '../harness/workbench/appearance';
import { notificationText } from '../harness/workbench/dialogs';
import { runCommand } from '../harness/workbench/palette';
import { whenQuiet } from '../harness/workbench/quiet';
import { webviewFrame } from '../harness/workbench/webview';
import { alert, check, failure, report, run, stages } from '../unit/monitoring/samples';
import { useWorkbench } from './session';

const themeNames = Object.keys(themes) as ThemeName[];
const weekMs = 7 * 86_400_000;
const title = '<img src=x onerror="document.body.remove()"> is no title';

describe('a person looks at how the pipeline does', () => {
  const session = useWorkbench('monitoring', {
    prepare: async (folder) => {
      await commandLineIn(folder)('init');
    },
  });
  const page = () => session.workbench.page;
  let frame: Frame;

  let broken = false;
  beforeEach(({ skip }) => skip(broken, 'an earlier step of the journey failed'));
  afterEach(({ task }) => {
    broken ||= task.result?.state === 'fail';
  });

  const panel = () => frame.locator('#panel-monitoring');
  const scrolled = () => panel().evaluate((pane) => pane.scrollTop);

  function write(place: string, id: string, record: object): void {
    const folder = path.join(session.folder, '.claude-pm', place);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${id}.json`), JSON.stringify(record));
  }

  it('is told what is not measured yet, and no figure is made up', async () => {
    await runCommand(page(), 'Claude PM: Show Monitoring');
    frame = await webviewFrame(page(), '#panel-monitoring table', 60_000);
    expect(await frame.locator('#tab-monitoring').getAttribute('aria-selected')).toBe('true');
    expect(await panel().locator('strong', { hasText: 'Not measured yet' }).count()).toBe(8);
    await panel().locator('td', { hasText: '✓ as deployed' }).first().waitFor();
    await screenshot(session.workbench, 'monitoring-empty');
  });

  it('sees the first run appear, without asking', async () => {
    await commandLineIn(session.folder)('run');
    await panel().locator('p', { hasText: '1 run: 1 completed.' }).waitFor();
    await panel().locator('td', { hasText: 'The most that the process of the command line had' }).waitFor();
    await screenshot(session.workbench, 'monitoring-first-run');
  });

  it('keeps focus and place while records change, and shows markup as text', async () => {
    writeHistory();
    await panel().locator('code', { hasText: 'e_many39' }).waitFor();
    await panel().locator('td', { hasText: title }).first().waitFor();
    const table = panel().locator('[data-key="Error rate by component"]');
    await table.focus();
    const before = await scrolled();
    expect(before).toBeGreaterThan(200);
    // A later run lengthens nothing above: the newest thirty are listed.
    const last = panel().locator('code', { hasText: 'e_last' });
    write('improvement_pipeline/executions', 'e_last', run('e_last', { status: 'failed', ...later(-1) }));
    await last.waitFor();
    expect(await frame.locator(':focus').getAttribute('data-key')).toBe('Error rate by component');
    expect(await scrolled()).toBe(before);
    expect(await frame.locator('img').count()).toBe(0);
  });

  it('reads the forecast of the effectiveness, with its interval', async () => {
    const text = await panel().locator('.series', { hasText: 'Evidence: replay' }).textContent();
    expect(text).toMatch(/Rising: \+\d/);
    expect(text).toMatch(/Forecast for the week of .* \(80% prediction interval \d+(\.\d)?% to \d+/);
  });

  it('goes through it by the keyboard', async () => {
    await frame.locator('#tab-monitoring').focus();
    await page().keyboard.press('ArrowLeft');
    expect(await frame.locator(':focus').getAttribute('id')).toBe('tab-experiments');
    await page().keyboard.press('ArrowRight');
    expect(await frame.locator(':focus').getAttribute('id')).toBe('tab-monitoring');
    await page().keyboard.press('Tab');
    expect(await frame.locator(':focus').textContent()).toBe('Check Health');
    for (let step = 0; step < 3; step += 1) await page().keyboard.press('Tab');
    expect(await frame.locator(':focus').getAttribute('aria-label')).toBe(
      'Measured figures beside their targets',
    );
    await panel()
      .locator('summary', { hasText: /^The last \d+ checks$/ })
      .focus();
    await page().keyboard.press('Enter');
    await panel().locator('details[open] td', { hasText: 'degraded' }).first().waitFor();
  });

  it('can read it in every kind of theme', async () => {
    const parts = ['figures', 'runs', 'stages', 'effectiveness', 'deployments', 'errors', 'health'];
    const headings = [
      'Measured figures',
      'Runs',
      'Durations',
      'Effectiveness',
      'Deployments',
      'Error rates',
      'Health',
    ];
    for (const theme of themeNames) {
      await switchTheme(session.workbench, theme);
      for (const [index, heading] of headings.entries()) {
        await panel()
          .locator('h2', { hasText: heading })
          .first()
          .evaluate((element) => element.scrollIntoView({ block: 'start' }));
        await screenshot(session.workbench, `monitoring-${parts[index]}-${theme}`);
      }
    }
  });

  it('exports the figures as a table', async () => {
    const file = path.join(session.folder, 'monitoring.csv');
    await panel().locator('[data-part=monitoring]').click();
    await page().locator('.quick-input-title', { hasText: 'Export Monitoring' }).waitFor();
    await whenQuiet(page(), '.quick-input-widget:visible');
    await page().locator('.quick-input-widget:visible input').first().fill(file);
    await whenQuiet(page(), '.quick-input-widget:visible');
    await page().keyboard.press('Enter');
    await notificationText(page(), 'Report exported to monitoring.csv');
    expect(readFileSync(file, 'utf8')).toMatch(/^part,subject,figure,[\s\S]*\r\nfigure,completion,/);
  });

  it('turns to it from another part, and finds it again after it was hidden', async () => {
    await frame.locator('#tab-patterns').click();
    await runCommand(page(), 'Claude PM: Show Monitoring');
    await panel().locator('table').first().waitFor();
    await frame.locator('#tab-patterns').click();
    await runCommand(page(), 'Claude PM: Explain Last Run');
    const other = page().locator('.part.editor .tab.active', { hasText: 'Last run' });
    await webviewFrame(page(), '.markdown-body h1');
    // A page that has just come may hold the keys of the window for a moment.
    await other.click();
    await runCommand(page(), 'Claude PM: Show Monitoring');
    frame = await webviewFrame(page(), '#panel-monitoring table', 60_000);
    expect(await frame.locator('#tab-monitoring').getAttribute('aria-selected')).toBe('true');
  });

  it('can be used in a narrow panel', async () => {
    await page().setViewportSize({ width: 820, height: 900 });
    const width = await frame.locator('body').evaluate((body) => [body.scrollWidth, body.clientWidth]);
    expect(width[0]).toBe(width[1]);
    await screenshot(session.workbench, 'monitoring-narrow');
    await page().setViewportSize({ width: 1440, height: 900 });
  });

  function later(minutes: number) {
    const at = new Date(Date.now() + minutes * 60_000).toISOString();
    return { startedAt: at, endedAt: at };
  }

  /** Forty runs, sixteen weeks of validations, alerts and checks of health. */
  function writeHistory(): void {
    for (let index = 0; index < 40; index += 1) {
      const bad = index % 13 === 5;
      write(
        'improvement_pipeline/executions',
        `e_many${index}`,
        run(`e_many${index}`, {
          ...later(index - 100),
          status: bad ? 'partial' : 'completed',
          agents: ['qa', 'engineer'],
          stages: stages(
            ['capture', 4 + (index % 7), { counts: { found: 120 + index } }],
            ['analyze', 9 + (index % 5), { counts: { corrections: 300 + 5 * index } }],
            ['improve', 2, { agentType: 'qa' }],
            ['validate', 3, { agentType: bad ? title : 'qa', ...(bad ? failure('RECORD_UNREADABLE') : {}) }],
            ['observe', 1],
          ),
        }),
      );
    }
    for (let week = 0; week < 16; week += 1) {
      const createdAt = new Date(Date.now() - (16 - week) * weekMs).toISOString();
      const passed = Math.min(20, 6 + Math.floor(week * 0.7) + (week % 3));
      write(
        'prompt_validation/reports',
        `r${week}`,
        report(`r${week}`, {
          passed,
          of: 20,
          createdAt,
          tier: 'replay',
          verdict: week > 5 ? 'ship' : 'inconclusive',
        }),
      );
    }
    write('improvement_pipeline/alerts', 'al_x', alert('al_x'));
    for (let hour = 0; hour < 24; hour += 1) {
      const status = hour === 7 ? 'failing' : hour % 6 === 2 ? 'degraded' : 'healthy';
      // Older ones are forgotten by the check that the window makes itself.
      const checkedAt = new Date(Date.now() - (24 - hour) * 3_600_000).toISOString();
      const checked = { ...check(3600 * hour, status), checkedAt };
      write('improvement_pipeline/monitoring', checked.healthId, checked);
    }
  }
});
