/**
 * What is read of a text, line by line: texts that people paste, with what programs and people put around the records. Each file
 * of `readings` holds many of them (`=== what it is`, the text, `--- ` and what is read of it). A new text is written there by hand;
 * `npm run captures` writes what is read of each, and the difference is to be read like a change of the code.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/engine/types.ts';
import { judge, verdicts } from '../diagnosis/judge.ts';

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
  return `${lines(record)} ${facts.join(', ')}${its ? `\n  ${its}` : ''}`;
}

/** What is read of a text, and what is said of it in a word. */
function reading(text: string): string {
  const result = judge(text);
  const { findings, asides, unrecognised, outputs, masked, sources, ...read } = result.read;
  const parts: [line: number, what: string][] = [
    ...findings.map((one): [number, string] => [one.record.line, recordOf(one)]),
    ...asides.map(({ kind, side, ...one }): [number, string] => [
      one.line,
      `${lines(one)} ${kind}${side ? ` of the ${side}` : ''}: ${JSON.stringify(one.text)}`,
    ]),
    ...unrecognised.map(({ like, ...one }): [number, string] => [
      one.line,
      `${lines(one)} not read: ${JSON.stringify(one.text)}${like ? ` like ${like.map(({ message, text: id }) => `${message}${id ? `/${id}` : ''}`).join(' ')}` : ''}`,
    ]),
    ...outputs.outcomes.map(({ check, side, outcome, values = {}, ...one }): [number, string] => [
      one.line,
      `${lines(one)} output of ${check} on the ${side}: ${outcome.id} ${valuesOf(values)}`.trimEnd(),
    ]),
  ];
  const hidden =
    masked.count > 0 ? [`masked ${masked.count} (${masked.labels.join(', ')}):`, sources[0]?.text ?? ''] : [];
  return [
    `${read.lines} lines, ${read.records} records, ${read.bytes} bytes, ${result.state}`,
    ...parts.sort(([a], [b]) => a - b).map(([, what]) => what),
    ...hidden,
    ...verdicts(result).map((one) => `=> ${one}`),
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
