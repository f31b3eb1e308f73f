/**
 * What is read of a text, line by line: texts that people paste, with what programs and people put around the records. Each file
 * of `readings` holds many of them (`=== what it is`, the text, `---` and what is read of it; a line `>>> name` begins a file of
 * that name). A new text is written there by hand; `npm run captures` writes what is read of each, and the difference is to be
 * read like a change of the code.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding, Source } from '../../../src/engine/types.ts';
import { reportOf } from '../../../src/report/model.ts';
import { settingsLines } from '../../../src/report/settings.ts';
import { judgeSources, knowledge, setup, verdicts } from '../diagnosis/judge.ts';

const folder = join(import.meta.dirname, 'readings');
const rewrite = process.env.CAPTURES === 'write';

/** Characters that no editor keeps, as they are written in the files. */
const unseen: readonly [sign: string, real: string][] = [
  ['␍', '\r'],
  ['␉', '\t'],
];
const real = (text: string) => unseen.reduce((all, [sign, one]) => all.replaceAll(sign, one), text);
const shown = (text: string) => unseen.reduce((all, [sign, one]) => all.replaceAll(one, sign), text);

const lines = ({ line, endLine = line }: { line: number; endLine?: number }) =>
  endLine === line ? `${line}` : `${line}-${endLine}`;
const valuesOf = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(' ');

const clock = (time: number) => new Date(time).toISOString().slice(0, 19);

/** All that is known of a record, in one or two lines. */
function recordOf({ record, message, text, values, side, host, quoted, readAs }: Finding): string {
  const { program, pid, loggingHost, origin, relay, debug, severity, time } = record;
  const from = [origin, loggingHost, program && `${program}[${pid ?? ''}]`].filter((one) => one !== undefined);
  const marks = (['suspicious', 'doubtful', 'truncated', 'strange'] as const).filter(
    (one) => record[one] !== undefined,
  );
  const facts = [
    `${message ?? 'no message'}${text === undefined ? '' : `/${text}`}`,
    severity,
    side,
    host && `of ${host}`,
    `${record.form} in ${record.sink}`,
    from.length > 0 && `from ${from.join(' ')}`,
    time !== undefined && new Date(time).toISOString(),
    relay && `relayed for ${relay.client} (${relay.severity ?? 'no severity'}, ${relay.stamp ?? 'no time'})`,
    debug && `debug ${debug.file} ${debug.line} ${debug.status}`,
    ...marks,
    quoted && 'quoted',
    readAs !== undefined && `read as ${JSON.stringify(readAs)}`,
  ].filter(Boolean);
  const its = valuesOf(values);
  return `${facts.join(', ')}${its ? `\n  ${its}` : ''}`;
}

/** The files that a text consists of: without any name it is one, as pasted. */
function sourcesOf(text: string): Source[] {
  const [pasted = '', ...named] = text.split(/^>>> /m);
  const files = named.map((one) => ({ name: one.slice(0, one.indexOf('\n')), text: one.slice(one.indexOf('\n') + 1) }));
  return pasted === '' ? files : [{ name: 'text', text: pasted }, ...files];
}

/** What is read of a text, and what is said of it in a word. */
function reading(given: string): string {
  const result = judgeSources(sourcesOf(given));
  const { findings, asides, unrecognised, outputs, masked, sources, ...read } = result.read;
  const { messages, problems } = knowledge;
  const report = reportOf({ read: result.read, result, messages, problems, setup, checking: knowledge });
  const rows: { source: number; line: number; what: string }[] = [];
  const add = (one: { source: number; line: number; endLine?: number }, what: string) => {
    const file = sources.length > 1 ? `${sources[one.source]?.name}:` : '';
    rows.push({ source: one.source, line: one.line, what: `${file}${lines(one)} ${what}` });
  };
  for (const one of findings) add(one.record, recordOf(one));
  for (const one of asides)
    add(one, `${one.kind}${one.side ? ` of the ${one.side}` : ''}: ${JSON.stringify(one.text)}`);
  for (const { like, ...one } of unrecognised) {
    const names = like?.map(({ message, text }) => `${message}${text ? `/${text}` : ''}`);
    add(one, `not read: ${JSON.stringify(one.text)}${names ? ` like ${names.join(' ')}` : ''}`);
  }
  for (const { check, side, outcome, values = {}, ...one } of outputs.outcomes)
    add(one, `output of ${check} on the ${side}: ${outcome.id} ${valuesOf(values)}`.trimEnd());
  rows.sort((a, b) => a.source - b.source || a.line - b.line);
  const needs = new Set(
    report.notJudged.flatMap((one) => one.needs.flatMap((need) => ('setting' in need ? [need.setting] : []))),
  );
  return [
    `${read.lines} lines, ${read.records} records, ${read.bytes} bytes, ${result.state}`,
    ...rows.map(({ what }) => what),
    ...(masked.count > 0 ? [`masked ${masked.count} (${masked.labels.join(', ')}):`, sources[0]?.text ?? ''] : []),
    ...settingsLines(report),
    ...verdicts(result).map((one) => `=> ${one}`),
    ...[...needs].map((setting) => `=> some problems are not judged for want of ${setting}`),
    ...(result.spells ?? []).map(
      ({ problem, host, from, to, end, likely }) =>
        `=> ${problem} @${host} from ${clock(from)} to ${clock(to)}, ${end === undefined ? 'not over' : `over ${clock(end)}`}${likely ? ' likely' : ''}`,
    ),
    ...result.clients.map(({ host, state }) => `=> ${host} is ${state}`),
  ].join('\n');
}

for (const file of readdirSync(folder).sort()) {
  const path = join(folder, file);
  const [head = '', ...given] = readFileSync(path, 'utf8').split(/^=== /m);
  const texts = given.map((one) => {
    const end = one.indexOf('\n');
    const [text = '', was = ''] = one.slice(end + 1).split(/^--- ?$\n/m);
    return { title: one.slice(0, end), text, was };
  });
  const now = (text: string) => `${shown(reading(real(text))).trimEnd()}\n\n`;
  if (rewrite)
    writeFileSync(
      path,
      `${head}${texts.map(({ title, text }) => `=== ${title}\n${text}---\n${now(text)}`).join('')}`.replace(
        /\n+$/,
        '\n',
      ),
    );
  describe(`read of ${file}`, () => {
    test.each(texts.map((one) => [one.title, one] as const))('%s', (_, { text, was }) => {
      expect(`${(rewrite ? now(text) : was).trimEnd()}\n\n`).toBe(now(text));
    });
  });
}
