/**
 * Server logs of any size for measuring, made of captured runs: their records with other times, client names and sockets.
 * ordinary: a week of 300 clients, one run in two hundred faulty. healthy: the same without the faulty ones. worst: every
 * captured trouble, one after the other.
 */
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export type Kind = 'ordinary' | 'healthy' | 'worst';

/** A record of a captured server log with all lines that belong to it, and its time after the first one, in seconds. */
interface Piece {
  lines: string;
  at: number;
}

interface Run {
  pieces: Piece[];
  /** The client as it stands in the records. */
  client: string | undefined;
  healthy: boolean;
}

const stamp = /\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)[+-]\d{4}\]/;
const head = /^(?:[A-Z]+ +|<TCP> +): +\[/;
/** What the server says of itself: it is started once. */
const ofServer = /program=<Yule>|msg=<Server up|msg=<LOGKEY|\[SOF\]|<trail>|msg=<Runtime configuration/;
const begin = Date.UTC(2026, 10, 16) / 1000;
const week = 7 * 24 * 3600;
const clients = 300;

/** Plain server logs of version 4.2.0 among the captures, cut into records. */
function readRuns(captures: string): Run[] {
  return readdirSync(captures).flatMap((scenario) => {
    const folder = join(captures, scenario, '42-plain');
    const path = join(folder, 'server.log');
    if (!existsSync(path) || /many|flood|queue-full/.test(scenario)) return [];
    const { truth } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { truth: string[] };
    const pieces: Piece[] = [];
    let first: number | undefined;
    for (const line of readFileSync(path, 'latin1').split('\n')) {
      if (line === '') continue;
      if (!head.test(line)) {
        const last = pieces.at(-1);
        // The first one of a log has a time stamp behind it.
        if (last && /^[0-9A-F]{48}/.test(line)) last.lines += `${line.slice(0, 48)}\n`;
        continue;
      }
      const time = Date.parse(`${stamp.exec(line)?.[1] ?? ''}Z`) / 1000;
      if (Number.isNaN(time)) continue;
      first ??= time;
      pieces.push({ lines: `${line}\n`, at: time - first });
    }
    const own = pieces.filter(({ lines }) => !ofServer.test(lines));
    const client = /client=<([^<>]+\.[^<>]+)>/.exec(own.map(({ lines }) => lines).join(''))?.[1];
    return own.length > 0 ? [{ pieces: own, client, healthy: truth.includes('healthy') }] : [];
  });
}

/** Numbers from 0 to 1, the same ones for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Writes a log of about so many bytes.
 * @param captures the folder tests/captures
 * @returns its size
 */
export function makeLog(captures: string, kind: Kind, size: number, path: string): number {
  const runs = readRuns(captures);
  const healthy = runs.filter((run) => run.healthy);
  const faulty = runs.filter((run) => !run.healthy);
  if (healthy.length === 0 || faulty.length === 0) throw new Error(`${captures} holds no server logs to make one of.`);
  const next = random(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const average = (list: readonly Run[]) =>
    list.reduce((sum, { pieces }) => sum + pieces.reduce((all, { lines }) => all + lines.length, 0), 0) / list.length;
  const count = Math.ceil(size / average(kind === 'worst' ? faulty : healthy));
  const pause = kind === 'worst' ? 3 : week / count;
  const file = openSync(path, 'w');
  let written = 0;
  const write = (text: string) => {
    written += writeSync(file, text, null, 'latin1');
  };
  write(
    `\n[SOF]\n${record(begin, 'ALERT  :', 'msg=<START>, program=<Yule>, userid=<65534>, path=</etc/yulerc>, hash=<771552F3FDE3BC1825BF1FE1A241C8943808820024FFF862>')}`,
  );
  write(record(begin, 'MARK   :', 'msg=<Server up, simultaneous connections: 1017>, socket_id=<3>'));
  // Runs overlap: what is due is kept by time until a run begins after it.
  let waiting: { at: number; text: string }[] = [];
  for (let i = 0; written < size; i++) {
    const start = begin + 1 + Math.floor(i * pause);
    const faultyNow = kind === 'worst' || (kind === 'ordinary' && next() < 1 / 200);
    const run = faultyNow ? pick(faulty) : pick(healthy);
    const name = `host${Math.floor(next() * clients)}.example.net`;
    for (const { lines, at } of run.pieces) {
      waiting.push({ at: start + at, text: renew(lines, start + at, run.client, name) });
    }
    if (i % 50 !== 0) continue;
    waiting.sort((a, b) => a.at - b.at);
    const due = waiting.findIndex(({ at }) => at > start);
    const ready = due < 0 ? waiting : waiting.slice(0, due);
    waiting = due < 0 ? [] : waiting.slice(due);
    write(ready.map(({ text }) => text).join(''));
  }
  closeSync(file);
  return written;
}

const signature = '36F2C56E8A03A2643CB397A34CB2AAA6E825482992401DF0';
const written = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19);
const record = (at: number, label: string, text: string): string =>
  `${label}  [${written(at)}+0000] ${text}\n${signature}\n`;

function renew(lines: string, at: number, client: string | undefined, name: string): string {
  const moved = lines.replace(/\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}\]/g, `[${written(at)}+0000]`);
  if (!client) return moved;
  // A client says the first part of its name, the server's list has all of it.
  const short = client.slice(0, client.indexOf('.'));
  return moved
    .replaceAll(client, name)
    .replaceAll(
      new RegExp(`((?:client=<|remote_host="))${short}(?=[>"])`, 'g'),
      `$1${name.slice(0, name.indexOf('.'))}`,
    );
}
