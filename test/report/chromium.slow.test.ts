// The report in a real Chromium: from disk, without errors or requests; search, grids, keyboard, phone, dark mode.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Task } from '../../src/arc/task.ts';
import { replaceFile } from '../../src/files/wholeFile.ts';
import { reportPage } from '../../src/report/html/page.ts';
import { readRunTasks } from '../../src/report/html/runTasks.ts';
import { readResults } from '../../src/results/read.ts';
import { executable, launch } from './chromium.ts';
import { type MadeRun, madeTasks, writeRun, writeTasks } from './htmlRun.ts';

if (executable === undefined) console.log('left out: the report in Chromium: no chromium is installed');

const HOSTILE = `</script><img src=x onerror="alert(1)"><b>&amp;${'long_'.repeat(60)}`;
const LONG = `task_${'x'.repeat(200)}`;

describe.skipIf(executable === undefined)('the report in Chromium', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'batt-chromium-'));
  const tasks = [...madeTasks(19), { ...madeTasks(1)[0]!, id: LONG }];
  let browser: Browser;
  let file = '';
  const trouble: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    browser = await launch(executable!);
    file = await makePage('small', tasks, {
      candidates: { 0: { solver_id: HOSTILE, source: HOSTILE, also: [HOSTILE] } },
      lines: { t0001: { cut: 'deadline', notes: [HOSTILE] }, t0004: null },
      finished: false,
    });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(scratch, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(trouble.splice(0)).toEqual([]);
    expect(requests.splice(0).filter((url) => !url.startsWith('file:'))).toEqual([]);
  });

  async function makePage(name: string, all: readonly Task[], made: MadeRun): Promise<string> {
    const data = join(scratch, `${name}-tasks`);
    writeTasks(data, all);
    const results = readResults(join(writeRun(join(scratch, name), data, all, made), 'results.jsonl'));
    const path = join(scratch, `${name}.html`);
    await replaceFile(path, reportPage(results, readRunTasks(results.run), results));
    return path;
  }

  async function open(path = file, options: BrowserContextOptions = {}, hash = ''): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.on('console', (message) => trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(String(error)));
    page.on('dialog', (dialog) => trouble.push(dialog.message()));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(path).href + hash);
    return page;
  }

  const rows = (page: Page): Locator => page.locator('#tasks > li');
  const ids = (page: Page): Promise<string[]> => page.locator('#tasks h3').allTextContents();
  const task = (page: Page, id: string): Locator => rows(page).filter({ has: page.getByRole('heading', { name: id }) });
  /** Opens a task of the list; what it shows is made a moment later. */
  async function unfold(row: Locator): Promise<void> {
    await row.locator('summary').first().click();
    await row.locator('.body').waitFor();
  }
  const size = (page: Page): Promise<number[]> =>
    page.evaluate<number[]>('[document.documentElement.scrollWidth, document.documentElement.clientWidth]');

  test('opens from disk, with one request, that of the file', async () => {
    const page = await open();
    expect(await page.title()).toMatch(/^batt report: /);
    expect(await rows(page).count()).toBe(20);
    expect(requests).toEqual([pathToFileURL(file).href]);
  });

  test('search finds tasks and solvers, filters go by state, the order can be chosen', async () => {
    const page = await open();
    const count = page.locator('#count');
    await page.getByRole('searchbox').fill('T001');
    expect(await ids(page)).toEqual(tasks.slice(10, 19).map(({ id }) => id));
    expect(await count.textContent()).toBe('9 of 20 tasks');
    await page.getByRole('radio', { name: /^solved/ }).check();
    expect(await ids(page)).toEqual(['t0010', 't0015']);
    await page.getByRole('searchbox').fill('nothing so named');
    expect(await page.getByText('No task fits.').isVisible()).toBe(true);
    await page.getByRole('searchbox').fill('onerror=');
    await page.getByRole('radio', { name: /^all 20/ }).check();
    expect(await rows(page).count()).toBe(19);
    await page.getByRole('searchbox').fill('');
    const shown = async (name: RegExp): Promise<string[]> => {
      await page.getByRole('radio', { name }).check();
      return ids(page);
    };
    expect(await shown(/^unsolved 16/)).toHaveLength(16);
    expect(await shown(/^some demo right 4/)).toEqual(['t0002', 't0007', 't0012', 't0017']);
    expect(await shown(/^cut 1/)).toEqual(['t0001']);
    expect(await shown(/^no result 1/)).toEqual(['t0004']);
    await shown(/^all 20/);
    await page.getByRole('combobox').selectOption('cells');
    expect((await ids(page)).slice(0, 4)).toEqual(['t0000', 't0005', 't0010', 't0015']);
    await page.getByRole('combobox').selectOption('id');
    expect((await ids(page)).at(-1)).toBe(LONG);
    await page.getByRole('combobox').selectOption('seconds');
    const seconds = (await rows(page).evaluateAll((all) => all.map((row) => row.getAttribute('data-seconds')))).map(
      Number,
    );
    expect(seconds).toEqual([...seconds].sort((a, b) => b - a));
  });

  test('a task draws its grids when it is opened, with wrong cells crossed', async () => {
    const page = await open();
    const row = task(page, 't0002');
    expect(await row.locator('.body svg').count()).toBe(0);
    await unfold(row);
    expect(await row.locator('.sample').count()).toBe(4);
    expect(await row.getByRole('heading', { name: /^(demos|tests)$/i }).count()).toBe(2);
    // one demo is right, the other samples are wrong in some cells
    const notes = row.locator('.output figcaption span');
    const words = await notes.allTextContents();
    expect(words[0]).toBe('✓ right');
    const wrong = words.slice(1).map((text) => Number(/^✗ (\d+) wrong cells?$/.exec(text)?.[1]));
    const crosses = await row
      .locator('.output svg')
      .evaluateAll((all) => all.map((svg) => svg.querySelector('.cross')?.getAttribute('d')?.split('M').length ?? 1));
    expect(crosses.slice(1)).toEqual(wrong.map((n) => n + 1));
    expect(crosses[0]).toBe(1);
    const { input, output } = tasks[2]!.demo[0]!;
    const sample = row.locator('.sample').first();
    expect(await sample.getByRole('img', { name: `Input of demo 1, ${input.height} × ${input.width}` }).count()).toBe(
      1,
    );
    const fills = await sample
      .getByRole('img', { name: /^Expected/ })
      .locator('path[fill]')
      .count();
    expect(fills).toBe(new Set(output!.cells).size);
  });

  test('another candidate can be chosen: other sizes have a frame, what is no grid says so', async () => {
    const page = await open();
    const row = task(page, 't0003');
    await unfold(row);
    const before = await row.locator('.output').first().innerHTML();
    await row.getByRole('radio').nth(1).check();
    expect(await row.locator('.output').first().innerHTML()).not.toBe(before);
    await row.getByRole('radio').nth(2).check();
    const words = await row.locator('.output figcaption span').allTextContents();
    expect(words.every((text) => /^✗ (no grid|1 × \d+, not |\d+ wrong)/.test(text))).toBe(true);
    expect(await row.locator('.others li').count()).toBe(7);
  });

  test('grids outside ARC, larger or of other sizes are drawn as they are', async () => {
    const path = await makePage('odd', tasks.slice(0, 1), {
      lines: {
        t0000: {
          shown: [
            {
              candidate: 0,
              outputs: [Array(30).fill('abcdef0123456789'.repeat(2).slice(0, 30)).join('/'), 'f', null, '0'],
            },
          ],
        },
      },
    });
    const page = await open(path);
    await unfold(rows(page).first());
    const outputs = page.locator('.output');
    expect(await outputs.first().locator('text').count()).toBe(30 * 12);
    expect(await outputs.first().locator('.frame').count()).toBe(2);
    expect(await outputs.first().locator('text').first().textContent()).toBe('10');
    expect(await outputs.nth(1).locator('text').textContent()).toBe('15');
    expect(await outputs.nth(2).textContent()).toContain('no grid');
  });

  test('names that look like markup are texts', async () => {
    const page = await open();
    await unfold(task(page, 't0001'));
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('.body .name').first().textContent()).toBe(HOSTILE);
    expect(await page.locator('.body .notice').textContent()).toBe(HOSTILE);
  });

  test('the small grids of the list are drawn when they come into sight', async () => {
    const page = await open(file, { viewport: { width: 1280, height: 400 } });
    const last = rows(page).last().locator('.thumbs svg');
    expect(await last.count()).toBe(0);
    await rows(page).last().scrollIntoViewIfNeeded();
    await last.first().waitFor();
    expect(await last.count()).toBe(2);
  });

  test('the address names a task, also one that the search leaves out', async () => {
    const page = await open(file, {}, '#task-t0007');
    await task(page, 't0007').locator('.sample').nth(3).waitFor();
    await page.getByRole('searchbox').fill('t0003');
    await page.evaluate("location.hash = '#task-t0009'");
    await task(page, 't0009').locator('.sample').first().waitFor();
    expect(await rows(page).count()).toBe(20);
    await page.evaluate("location.hash = '#%'");
  });

  test('the keyboard reaches search, order, filters, tasks, candidates and links', async () => {
    const page = await open();
    const focused = (): Promise<string> =>
      page.evaluate<string>(
        '(document.activeElement.id || document.activeElement.name || document.activeElement.textContent).slice(0, 30)',
      );
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the tasks');
    expect(await page.locator('.skip').boundingBox()).toMatchObject({ x: 16, y: 16 });
    await page.keyboard.press('Enter');
    const seen: string[] = [];
    for (let k = 0; k < 4; k++) {
      await page.keyboard.press('Tab');
      seen.push(await focused());
    }
    expect(seen.slice(0, 3)).toEqual(['search', 'order', 'filter']);
    expect(seen[3]).toMatch(/^t0000/);
    await page.keyboard.press('Enter');
    await page.locator('.sample').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('candidate-task-t0000');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('.candidates input').nth(1).isChecked()).toBe(true);
    const outline = await page
      .locator('.candidates input')
      .nth(1)
      .evaluate((node) => {
        return node.matches(':focus-visible');
      });
    expect(outline).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Link to this task');
  });

  test('a phone shows all without scrolling sideways, in light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open(file, { viewport: { width: 375, height: 700 }, colorScheme });
      for (const id of ['t0001', LONG]) await unfold(task(page, id));
      expect(await page.locator('.sample').count()).toBe(8);
      expect(await size(page)).toEqual([375, 375]);
      const light = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      expect(light).toBe(colorScheme === 'light' ? 'rgb(246, 246, 244)' : 'rgb(18, 19, 23)');
    }
  });

  test('texts stand out from their ground', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open(file, { colorScheme });
      await unfold(task(page, 't0002'));
      for (const selector of [
        'body',
        '.kicker',
        'dt',
        '.figure',
        '#count',
        '.wrong',
        'figcaption .right',
        '.from',
        '.bars code',
      ]) {
        const [ink, ground] = await page
          .locator(selector)
          .first()
          .evaluate((node) => {
            const style = (of: typeof node, key: string): string => of.computedStyleMap().get(key)!.toString();
            let under = node;
            while (style(under, 'background-color').endsWith(', 0)')) under = under.parentElement!;
            return [style(node, 'color'), style(under, 'background-color')];
          });
        expect(contrast(ink!, ground!), `${selector}, ${colorScheme}`).toBeGreaterThan(4.5);
      }
    }
  });

  test('1,000 tasks with 10,000 shown candidates open, and are searched', async () => {
    const path = await makePage('large', madeTasks(1000), { shown: 10 });
    const page = await open(path);
    expect(await rows(page).count()).toBe(1000);
    // only what is in sight is drawn
    const drawn = await page.locator('#tasks svg').count();
    expect(drawn).toBeLessThan(100);
    await page.getByRole('searchbox').fill('t0777');
    expect(await ids(page)).toEqual(['t0777']);
    await unfold(rows(page).first());
    expect(await page.locator('.candidates input').count()).toBe(10);
    expect(await page.locator('.sample').count()).toBe(4);
  });
});

/** WCAG's contrast of two colours `rgb(r, g, b)`. */
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = colour.match(/\d+/g)!.map((digits) => {
    const share = Number(digits) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
