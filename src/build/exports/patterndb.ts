/**
 * The patterns of syslog-ng's patterndb: one rule for each message, and for each text of a message, as client and server
 * print it by syslog. What a rule sets is content; what it takes from a line are values, and never a part of a name.
 */

import { createCatalogue } from '../../engine/catalogue/catalogue.ts';
import { recognise } from '../../engine/catalogue/recognise.ts';
import type { Severity, Side } from '../../engine/types.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { isOf, labels, messagePage, type Piece, problemPage, type Shape, type Style, shapesOf } from './shapes.ts';

/** A line as it was captured, or made from the template. */
interface Example {
  line: string;
  made: boolean;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A literal `@` is written twice. */
const literal = (text: string): string => text.replaceAll('@', '@@');

/** Values from a line have names of their own: `samhain.field.client`. */
const fieldOf = (name: string): string => `samhain.field.${name.replace(/[^a-zA-Z0-9_]/g, '_')}`;

/** What stands before the body. */
const heads: Record<Style, string> = {
  plain: '@ESTRING:samhain.label: @@ESTRING:samhain.skip:[@@ESTRING:samhain.time:]@ ',
  xml: '<log sev="@ESTRING:samhain.label:"@ tstamp="@ESTRING:samhain.time:"@ ',
};

/** What stands before a record of a client that the server relays: its severity and its time are those that count. */
const relayHeads: Record<Style, string> = {
  plain: `${heads.plain}client=<@ESTRING:samhain.field.client:>, @msg=<${heads.plain}`,
  xml: `${heads.xml}remote_host="@ESTRING:samhain.field.client:" @> ${heads.xml}`,
};

/** The body as a pattern. A value ends where the next fixed text begins; the last one without a text behind it takes all. */
function bodyOf(pieces: readonly Piece[]): string {
  let pattern = '';
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i] as Piece;
    if (typeof piece === 'string') {
      pattern += literal(piece);
      continue;
    }
    const next = pieces[i + 1];
    if (typeof next !== 'string') return `${pattern}@ANYSTRING:${fieldOf(piece.name)}@`;
    // (Short, so that patterns that begin alike have this step in common; a value can hold a lone mark.)
    const stop = /^(?:>, |" |[^@]{1,3})/.exec(next)?.[0] ?? '';
    if (stop === '') return `${pattern}@ANYSTRING:${fieldOf(piece.name)}@`;
    pattern += `@ESTRING:${fieldOf(piece.name)}:${stop}@`;
    const rest = next.slice(stop.length);
    if (rest !== '') pattern += literal(rest);
    i += 1;
  }
  return pattern;
}

/** A value of syslog-ng in a template. */
const macro = (name: string): string => `$\{${name}}`;

/** The severity in the plain form's words, whichever form printed it. */
function severityOf({ style, message }: Shape): string {
  if (message.severity === 'RECEIVED') return 'RECEIVED';
  const printed = macro('samhain.label');
  if (style === 'plain') return printed;
  return (Object.keys(labels.xml) as Severity[])
    .filter((severity) => labels.xml[severity] !== severity && severity !== 'RECEIVED')
    .reduce((rest, severity) => `$(if ("${printed}" eq "${labels.xml[severity]}") ${severity} ${rest})`, printed);
}

/** A message, or one of its texts, in one form, with all its patterns. */
interface Rule {
  id: string;
  shape: Shape;
  /** The server prints it for a client. */
  relayed: boolean;
  patterns: string[];
}

/** The rules of a side, and what says more first: where two patterns fit, the first one counts. */
function rulesOf(shapes: readonly Shape[], side: Side): Rule[] {
  const rules = new Map<string, Rule>();
  const known = new Set<string>();
  // (Steps that patterns have in common stay where they were made first: those with words in a value come before all.)
  const isWorded = ({ pieces }: Shape) =>
    pieces.some((piece, i) => typeof piece === 'string' && i > 0 && !/^(?:>|"|$)/.test(piece));
  const own = shapes.map((shape) => ({ shape, relayed: false }));
  const all = [
    ...(side === 'server' ? shapes.flatMap((shape) => (isOf(shape, 'client') ? [{ shape, relayed: true }] : [])) : []),
    ...own,
  ];
  for (const { shape, relayed } of [
    ...all.filter((one) => isWorded(one.shape)),
    ...all.filter((one) => !isWorded(one.shape)),
  ]) {
    const pattern = (relayed ? relayHeads : heads)[shape.style] + bodyOf(shape.pieces);
    const nameless = pattern.replaceAll(/(@[A-Z]+:)[^:@]*/g, '$1');
    if (known.has(nameless)) continue;
    known.add(nameless);
    const { message, text, style } = shape;
    const id = `${relayed ? 'relayed' : side}-${message.id}${text ? `-${text.id}` : ''}-${style}`;
    const rule = rules.get(id);
    if (rule) rule.patterns.push(pattern);
    else rules.set(id, { id, shape, relayed, patterns: [pattern] });
  }
  return [...rules.values()];
}

/** A line of the template, with words in the place of what varies. */
function madeLine({ pieces, style, severities }: Shape): string {
  const label = labels[style][severities[0] ?? 'INFO'];
  const body = pieces.map((piece) => (typeof piece === 'string' ? piece : 'value')).join('');
  const stamp = '2026-11-23T15:18:17+0000';
  return style === 'plain' ? `${label}:  [${stamp}] ${body}` : `<log sev="${label}" tstamp="${stamp}" ${body}`;
}

/** What a rule says of a record. */
function valuesOf({ shape, relayed }: Rule, side: Side): [name: string, value: string][] {
  const { message, text, pieces, proves } = shape;
  const names = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.name]));
  const host = relayed
    ? macro(fieldOf('client'))
    : side === 'client'
      ? macro('HOST')
      : ['client', 'host'].flatMap((name) => (names.includes(name) ? [macro(fieldOf(name))] : []))[0];
  const [problem] = proves;
  return [
    ['samhain.message', message.id],
    ...(text ? [['samhain.text', text.id] as [string, string]] : []),
    ['samhain.side', !relayed && isOf(shape, side) ? side : 'client'],
    ['samhain.step', text?.step ?? message.step],
    ['samhain.severity', severityOf(shape)],
    ...(host === undefined ? [] : [['samhain.host', host] as [string, string]]),
    ...(problem === undefined ? [] : [['samhain.problem', problem] as [string, string]]),
    ['samhain.page', problem === undefined ? messagePage(message.id, text?.id) : problemPage(problem)],
  ];
}

function ruleText(rule: Rule, side: Side, program: string, example: Example | undefined): string {
  const values = valuesOf(rule, side);
  const tested = values.filter(([name]) => ['samhain.message', 'samhain.text', 'samhain.problem'].includes(name));
  const shown =
    example &&
    `
<examples><example>${example.made ? '\n<!-- made from the template: no captured run has this line -->' : ''}
<test_message program='${program}'>${escaped(example.line)}</test_message>
<test_values>${tested.map(([name, value]) => `<test_value name='${name}'>${escaped(value)}</test_value>`).join('')}</test_values>
</example></examples>`;
  return `<rule provider='samhain-troubleshooter' id='${rule.id}' class='samhain'>
<patterns>${rule.patterns.map((pattern) => `<pattern>${escaped(pattern)}</pattern>`).join('\n')}</patterns>${shown ?? ''}
<values>
${values.map(([name, value]) => `<value name='${name}'>${escaped(value)}</value>`).join('\n')}
</values>
</rule>`;
}

/** The file. @param day YYYY-MM-DD */
export function patterndb(knowledge: Pick<Knowledge, 'messages' | 'problems' | 'samples'>, day: string): string {
  const shapes = shapesOf(knowledge);
  // By what the engine makes of it: a sample of a message can be one of its texts.
  const catalogue = createCatalogue(knowledge.messages);
  const captured = new Map<string, string>();
  for (const { form, line } of knowledge.samples) {
    const [found] = recognise([{ name: 'line', text: line }], catalogue).findings;
    if (found?.message) captured.set(`${found.message} ${found.text ?? ''} ${form}`, line);
  }
  const sets = (['client', 'server'] as const).map((side) => {
    const program = side === 'client' ? 'Samhain' : 'Yule';
    // A server that relays to another one is a client of it, and prints what clients print.
    const own = shapes.filter((shape) => isOf(shape, side));
    const others = side === 'client' ? [] : shapes.filter((shape) => !isOf(shape, side));
    const rules = rulesOf(
      [...own, ...others].sort((a, b) => b.weight - a.weight),
      side,
    );
    const texts = rules.map((rule) => {
      const { message, text, style } = rule.shape;
      const line = captured.get(`${message.id} ${text?.id ?? ''} ${style}`);
      // (What a server prints as a client, or for one, is tried there.)
      if (rule.relayed || !isOf(rule.shape, side)) return ruleText(rule, side, program, undefined);
      const example = line === undefined ? { line: madeLine(rule.shape), made: true } : { line, made: false };
      return ruleText(rule, side, program, example);
    });
    return `<ruleset name='samhain-${side}' id='samhain-${side}'>
<patterns><pattern>${program}</pattern><pattern>${program.toLowerCase()}</pattern></patterns>
<rules>
${texts.join('\n')}
</rules>
</ruleset>`;
  });
  return `<?xml version='1.0' encoding='UTF-8'?>
<!-- What samhain and yule print by syslog. Each record gets samhain.message, samhain.side, samhain.step, samhain.severity,
samhain.host and samhain.page; where the line alone proves a problem, samhain.problem, too. -->
<patterndb version='4' pub_date='${day}'>
${sets.join('\n')}
</patterndb>
`;
}
