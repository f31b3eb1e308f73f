/**
 * What the workbench costs where there is much: a file of hundreds of megabytes, a thousand lines, five thousand clients. Measured
 * in a browser, by the processor's time of its threads: on a shared machine much more passes by the clock.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { makeLog } from '../tests/bench/logs.ts';
import { findChromium } from './browser.ts';
import { serve } from './serve.ts';

/** A task of a thread, milliseconds of the processor. */
interface Task {
  /** Of the thread. */
  id: string;
  thread: string;
  cost: number;
  /** It began after the page had marked that the answer stands (see `markAnswer`). */
  isAfter: boolean;
}

/** What the page marks when the answer has been drawn. */
const answerStands = 'answer stands';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  ts: number;
  args: { name?: string };
}

const categories = ['toplevel', 'blink.user_timing', 'disabled-by-default-devtools.timeline'];

/** The tasks that ran meanwhile. @throws if the browser does not tell what they cost */
async function tasksOf(browser: Browser, page: Page, work: () => Promise<void>): Promise<Task[]> {
  await browser.startTracing(page, { categories });
  let trace: Buffer;
  try {
    await work();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const threads = new Map(
    traceEvents.flatMap(({ name, pid, tid, args }) =>
      name === 'thread_name' ? [[`${pid} ${tid}`, args.name ?? '']] : [],
    ),
  );
  const tasks = traceEvents.filter(({ name, ph }) => ph === 'X' && name === 'RunTask');
  const stands = traceEvents.find(({ name }) => name === answerStands)?.ts ?? Number.POSITIVE_INFINITY;
  if (tasks.every(({ tdur }) => tdur === undefined)) throw new Error('this browser does not tell what a task costs');
  return tasks.map(({ pid, tid, ts, tdur = 0 }) => {
    const id = `${pid} ${tid}`;
    return { id, thread: threads.get(id) ?? '', cost: tdur / 1000, isAfter: ts > stands };
  });
}

const longest = (tasks: readonly Task[]): number =>
  Math.ceil(Math.max(0, ...tasks.filter(({ thread }) => thread === 'CrRendererMain').map(({ cost }) => cost)));

/** A browser on the built site, with the page that diagnoses a log. */
async function atTheBox<T>(
  dist: string,
  use: (browser: Browser, page: Page, folder: string) => Promise<T>,
): Promise<T> {
  const { server, url } = await serve(dist, 0);
  const browser = await chromium.launch((await findChromium()).launch);
  const folder = mkdtempSync(join(tmpdir(), 'samhain-large-'));
  try {
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.goto(`${url}diagnose/`);
    await page.locator('.paste[data-ready]').waitFor();
    // Until the engine is loaded, and has run once.
    await page.waitForTimeout(3000);
    return await use(browser, page, folder);
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const isRead = (page: Page) => page.locator('[data-summary]').waitFor({ timeout: 600_000 });
const choose = (page: Page, file: string) => page.getByLabel('Choose log files').setInputFiles(file);

export interface LargeFile {
  /** The longest task of the page from the choice to the whole answer, milliseconds. */
  task: number;
  /** Megabytes that the worker reads in a second of the processor. */
  rate: number;
  /** Seconds of the processor for all of it: the reading, and the judging of what was kept. */
  seconds: number;
}

/** A week's log of so many megabytes is chosen. */
export const largeFile = (dist: string, megabytes: number): Promise<LargeFile> =>
  atTheBox(dist, async (browser, page, folder) => {
    const log = join(folder, 'server.log');
    makeLog('tests/captures', 'ordinary', megabytes * 1e6, log);
    const tasks = await tasksOf(browser, page, async () => {
      await choose(page, log);
      await isRead(page);
    });
    const workers = Map.groupBy(
      tasks.filter(({ thread }) => thread.startsWith('DedicatedWorker')),
      ({ id }) => id,
    );
    const sums = [...workers.values()].map((own) => ({
      count: own.length,
      seconds: own.reduce((sum, { cost }) => sum + cost, 0) / 1000,
    }));
    // The one that reads does so piece by piece; the other judges in one go.
    const [reading] = sums.toSorted((a, b) => b.count - a.count);
    return {
      task: longest(tasks),
      rate: Math.round(megabytes / (reading?.seconds ?? Number.POSITIVE_INFINITY)),
      seconds: Math.round(sums.reduce((sum, one) => sum + one.seconds, 0) * 10) / 10,
    };
  });

/** Milliseconds from the click that stops the reading of such a file until the page says so. */
export const stopped = (dist: string, megabytes: number): Promise<number> =>
  atTheBox(dist, async (_, page, folder) => {
    const log = join(folder, 'server.log');
    makeLog('tests/captures', 'ordinary', megabytes * 1e6, log);
    await choose(page, log);
    await page.locator('[data-progress] button').waitFor();
    return page.evaluate(
      () =>
        new Promise<number>((done) => {
          const since = performance.now();
          new MutationObserver((_, observer) => {
            if (document.querySelector('[data-progress]')) return;
            observer.disconnect();
            done(Math.ceil(performance.now() - since));
          }).observe(document.body, { childList: true, subtree: true });
          document.querySelector<HTMLButtonElement>('[data-progress] button')?.click();
        }),
    );
  });

/** A log of that many lines, of so many clients, every fifth of which was refused. */
function logOf(lines: number, clients: number): string {
  return Array.from({ length: lines }, (_, i) => {
    const time = new Date(Date.UTC(2026, 10, 23) + i * 7000).toISOString().slice(0, 19);
    const of = i % clients;
    const said =
      of % 5 === 0
        ? 'CRIT   :  [{time}+0000] msg=<Invalid connection attempt: Session key mismatch>, client=<{host}>'
        : 'NOTICE :  [{time}+0000] msg=<NEW CLIENT>, client=<{host}>';
    return said.replace('{time}', time).replace('{host}', `host${of}.example.net`);
  }).join('\n');
}

/** Has the page mark when the next answer has been drawn. */
const markAnswer = (page: Page) =>
  page.evaluate(
    (name) =>
      new MutationObserver((_, observer) => {
        if (!document.querySelector('.answer-box .wb-sentence')) return;
        observer.disconnect();
        // The frame that draws it, and a task behind that.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => performance.mark(name);
          port2.postMessage('');
        });
      }).observe(document.body, { childList: true, subtree: true }),
    answerStands,
  );

/** Milliseconds that page and worker take from a paste until its answer has been drawn, the median of five. */
export const pasted = (dist: string, lines: number): Promise<number> =>
  atTheBox(dist, async (browser, page) => {
    // (The answer folds the box, but leaves it there.)
    const fill = (text: string) =>
      page.locator('textarea#paste').evaluate((box: HTMLTextAreaElement, given) => {
        box.value = given;
        box.dispatchEvent(new Event('input', { bubbles: true }));
      }, text);
    const costs: number[] = [];
    // The first one warms up.
    for (let run = 0; run < 6; run += 1) {
      await fill('');
      await page.locator('[data-summary]').waitFor({ state: 'detached' });
      await markAnswer(page);
      const tasks = await tasksOf(browser, page, async () => {
        await fill(logOf(lines + run, 20));
        await isRead(page);
      });
      if (tasks.every(({ isAfter }) => !isAfter)) throw new Error('the page did not mark that the answer stands');
      const own = tasks.filter(
        ({ thread, isAfter }) => !isAfter && (thread === 'CrRendererMain' || thread.startsWith('DedicatedWorker')),
      );
      if (run > 0) costs.push(own.reduce((sum, { cost }) => sum + cost, 0));
    }
    return Math.ceil(costs.sort((a, b) => a - b)[2] ?? 0);
  });

// (Places are named by selectors where tasks are measured: to find one by its role, Playwright computes the names of all that is on
// the page, in a task of the page's own thread, which grows with the page.)

/** The longest task of the page while a log is answered, its rows are opened and its lines are filtered. */
export const workbenchTask = (dist: string, lines: number): Promise<number> =>
  atTheBox(dist, async (browser, page, folder) => {
    const log = join(folder, 'server.log');
    writeFileSync(log, logOf(lines, 20));
    const tasks = await tasksOf(browser, page, async () => {
      await choose(page, log);
      await isRead(page);
      await page.locator('[data-row]').nth(2).click();
      await page.locator('[data-toggle]').first().click();
      await page.locator('[data-log] input').fill('mismatch');
      await page.locator('[data-log] .log-more .link').last().click();
      await page.waitForTimeout(500);
    });
    return longest(tasks);
  });

/** The longest task of the page while the table of so many clients is opened, filtered and unfolded. */
export const clientsTask = (dist: string, clients: number): Promise<number> =>
  atTheBox(dist, async (browser, page, folder) => {
    const log = join(folder, 'server.log');
    writeFileSync(log, logOf(2 * clients, clients));
    await choose(page, log);
    await isRead(page);
    const tasks = await tasksOf(browser, page, async () => {
      await page.locator('[data-row="clients"]').click();
      const field = page.locator('[data-clients] .clients-head input');
      await field.pressSequentially('host4');
      await field.fill('');
      const more = page.locator('[data-clients] > p .link').last();
      for (let i = 0; i < 3; i += 1) await more.click();
      await page.waitForTimeout(500);
    });
    return longest(tasks);
  });
