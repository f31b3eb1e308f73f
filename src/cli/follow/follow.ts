/**
 * `--state FILE`: reads what was added to the logs since the last run, judges it together with the lines that were kept, and
 * prints what changed. The memory is written after that was printed: a run that is cut off says it again, and loses nothing.
 */

import { type Chosen, type Judged, type JudgeRules, judge } from '../../engine/judge.ts';
import { lineLookup, missingIn } from '../../engine/log/lines.ts';
import { Summary, usualMost } from '../../engine/summarise.ts';
import type { Finding, Source } from '../../engine/types.ts';
import { changesUnwritten, failureText, stateBusy, stateDamaged } from '../../report/failures.ts';
import { visible, visibleJson, visibleLine } from '../../report/visible.ts';
import type { Arguments } from '../arguments.ts';
import { writeMetrics } from '../metrics.ts';
import { ReadFault } from '../sources.ts';
import { targetOf, WriteFault } from '../write.ts';
import { type Change, changesOf } from './changes.ts';
import {
  type FileMemory,
  isUnchanged,
  type Memory,
  type Remembered,
  readMemory,
  type Trouble,
  writeMemory,
} from './memory.ts';
import { closePlaces, marksOf, type Place, placesOf, Reading } from './places.ts';
import { linesOf, objectsOf } from './words.ts';

/** Bytes of a log that is none of a server's that are judged at a time. */
const roundBytes = 8 << 20;
/** Bytes of kept lines of a log that stay as they are, and to which those of no server's log are cut. */
const keptBytes = 256 << 10;
/** More than that is kept of no log: strangers can send any number of names. */
const mostKept = 8 << 20;
/** Of reports the last one of each kind: they were said. */
const keeping = {
  whole: keptBytes,
  // (As long as what is looked at to tell a log of a server: less would be let go before.)
  tail: { bytes: keptBytes, lines: 4000 },
  sieve: { ...usualMost.sieve, reports: 0, odd: 1 << 20 },
};
/** Another run can end meanwhile: so often it is begun anew. */
const mostTries = 5;

interface Outcome {
  memory: Memory;
  changes: Change[];
  judged: Judged;
  notes: string[];
  /** Bytes in the files. */
  bytes: number;
}

/** Reads, judges, prints, remembers. @returns the exit status @throws ReadFault, WriteFault */
export async function follow(args: Arguments & { state: string }, rules: JudgeRules, chosen: Chosen): Promise<number> {
  const target = targetOf(args.state);
  for (let tries = 1; ; tries++) {
    const before = readMemory(target);
    const outcome = await readOn(args, before, rules, chosen);
    if (!isUnchanged(target, before)) {
      if (tries < mostTries) continue;
      throw new WriteFault(failureText(stateBusy, { file: target }));
    }
    const notes = [...outcome.notes];
    if (before.broken) notes.unshift(failureText(stateDamaged, { file: target, kept: before.broken }));
    await say(outcome, args, rules);
    writeMemory(target, outcome.memory, before);
    if (args.metrics !== undefined)
      writeMetrics(args.metrics, { ...outcome, ...outcome.memory, problems: rules.problems });
    if (!args.quiet) for (const note of notes) console.error(`diagnose: ${visibleLine(note)}`);
    const { memory, changes, bytes } = outcome;
    if (memory.troubles.length > 0 || changes.some(({ event }) => event === 'unexplained')) return 1;
    if (memory.known || bytes === 0) return 0;
    if (!args.quiet) console.error('diagnose: No line of samhain or yule was found, so nothing can be said.');
    return 3;
  }
}

/** One log while it is read. */
interface Followed {
  place: Place;
  reading: Reading;
  text: string;
  reduced: boolean;
  done: boolean;
}

async function readOn(
  { files }: Arguments,
  { memory: old, first }: Remembered,
  rules: JudgeRules,
  chosen: Chosen,
): Promise<Outcome> {
  const memory = structuredClone(old);
  const places = await placesOf(files, old.files);
  try {
    const followed = places.map((place): Followed => {
      const reading = new Reading(place, old.files.find(({ path }) => path === place.path)?.offset ?? 0);
      return { place, reading, text: place.kept, reduced: place.reduced, done: false };
    });
    const all: Change[] = [];
    let judged: Judged;
    do {
      const rounds = await Promise.all(followed.map((one) => readRound(one, rules)));
      judged = judge(
        rounds.map(({ source }) => source),
        rules,
        chosen,
      );
      const isNew = ({ record: { source, line } }: Finding) => line > (rounds[source]?.before ?? 0);
      all.push(...changesOf(judged, memory, { isNew, reduced: followed.some(({ reduced }) => reduced) }));
      keepLines(followed, judged, rules);
    } while (followed.some(({ done }) => !done));
    const configured = new Set(judged.read.configurations);
    // What ended before the first run is history: it is counted.
    const changes = first ? firstChanges(all, memory) : all;
    memory.files = followed.flatMap((one, i) => (configured.has(i) ? [] : remembered(one, old.files)));
    const bytes = places.reduce((sum, { now }) => sum + (now?.size ?? 0), 0);
    return { memory, changes, judged, notes: places.flatMap(({ notes }) => notes), bytes };
  } finally {
    closePlaces(places);
  }
}

/** What stands at the end of the first run, and how much was over by then. */
function firstChanges(all: readonly Change[], { troubles }: Memory): Change[] {
  const stands = (one: Trouble): Change => ({ event: 'problem', ...one });
  const count = all.filter((one) => (one.event === 'problem' && one.over) || one.event === 'fixed').length;
  return [
    ...troubles.map(stands),
    ...all.filter(({ event }) => event === 'report' || event === 'unexplained'),
    ...(count > 0 ? [{ event: 'before' as const, count }] : []),
  ];
}

/** Reads on: all of a server's log, of another one so much that it can be judged. */
async function readRound(one: Followed, rules: JudgeRules): Promise<{ source: Source; before: number }> {
  const { place, reading } = one;
  const summary = new Summary(() => rules);
  const kept = new TextEncoder().encode(one.text);
  summary.push(kept);
  let fresh = 0;
  while (!one.done && (summary.isSieved || fresh < roundBytes)) {
    const { done, value } = await reading.next();
    if (done) one.done = true;
    else {
      summary.push(value);
      fresh += value.length;
    }
  }
  const source: Source = { name: place.name, ...summary.end(), ...(place.side ? { side: place.side } : {}) };
  return { source, before: kept.reduce((lines, byte) => (byte === 10 ? lines + 1 : lines), 0) };
}

/** What is kept for the next round or run; without its secrets, which judge has masked. */
function keepLines(followed: readonly Followed[], { read, result }: Judged, rules: JudgeRules): void {
  for (const [i, one] of followed.entries()) {
    const source = read.sources[i];
    if (!source) continue;
    one.text = source.text;
    one.reduced ||= source.excerpt !== undefined || source.part !== undefined;
    const bytes = new TextEncoder().encode(source.text);
    if (bytes.length <= keptBytes) continue;
    const summary = new Summary(() => rules, keeping);
    summary.push(bytes);
    const { text } = summary.end();
    one.reduced = true;
    const isSieved = summary.isSieved;
    const whole = isSieved ? text : evidenceBefore(text, { source, index: i, read, result }) + text;
    one.text = whole.length > mostKept ? whole.slice(whole.indexOf('\n', whole.length - mostKept) + 1) : whole;
  }
}

/** The lines that show what stands, where they are older than the end that is kept. */
function evidenceBefore(
  end: string,
  { source, index, read, result }: { source: Source; index: number } & Judged,
): string {
  const lineAt = lineLookup(source.text, missingIn(source));
  const from = (source.part?.skippedLines ?? 0) + countOf(source.text) - countOf(end);
  const lines = new Set<number>();
  for (const { over, evidence } of result.diagnoses) {
    if (over) continue;
    const own = evidence.flatMap(({ finding }) => {
      const record = read.findings[finding]?.record;
      return record && record.source === index && record.endLine <= from ? [record] : [];
    });
    for (const { line, endLine } of [...own.slice(0, 3), ...own.slice(3).slice(-4)])
      for (let n = line; n <= endLine; n++) lines.add(n);
  }
  return [...lines]
    .sort((a, b) => a - b)
    .map((n) => `${lineAt(n)}\n`)
    .join('');
}

const countOf = (text: string): number => text.split('\n').length - 1;

function remembered({ place, reading, text, reduced }: Followed, files: readonly FileMemory[]): FileMemory[] {
  const { now, path, side } = place;
  if (!now) return files.filter((old) => old.path === path);
  const { dev, ino, mtime } = now;
  const { offset } = reading;
  return [
    { path, ...(side ? { side } : {}), dev, ino, offset, ...marksOf(now.fd, offset), mtime, kept: text, reduced },
  ];
}

/** Prints what changed. @throws ReadFault where it could not be written: then it is not remembered as said */
async function say({ changes, judged }: Outcome, { json }: Arguments, rules: JudgeRules): Promise<void> {
  const text = json ? jsonLines(changes, judged, rules) : textLines(changes, judged);
  if (text === '') return;
  await new Promise<void>((done, failed) => {
    process.stdout.write(text, (error) => (error ? failed(new ReadFault(failureText(changesUnwritten))) : done()));
  });
}

function jsonLines(changes: readonly Change[], { read }: Judged, { problems }: JudgeRules): string {
  return objectsOf(changes, problems, (source) => read.sources[source]?.name ?? '')
    .map((one) => `${visibleJson(one, 0)}\n`)
    .join('');
}

function textLines(changes: readonly Change[], { read }: Judged): string {
  let last: { stamp: string; time: number } | undefined;
  for (const { record } of read.findings) {
    const { stamp, time } = record.relay?.stamp ? record.relay : record;
    if (stamp !== undefined && time !== undefined && time >= (last?.time ?? 0)) last = { stamp, time };
  }
  return linesOf(changes, last?.stamp)
    .map((line) => `${visible(line).replaceAll('\n', ' ')}\n`)
    .join('');
}
