/**
 * The table of names that the search ranks, the same in every edition: one row for each problem, message, text, option,
 * guide, question and check, with the words by which it may be asked for.
 */

import { endRoute, routes } from '../../browser/routes.ts';
import type { NamesTable, Row } from '../../browser/search/names.ts';
import { readWords, termsOf, type WordLists } from '../../browser/search/terms.ts';
import type { Message, Problem } from '../../content/schemas.ts';
import { messageWords, textWords } from '../../report/message-words.ts';
import { endTitle } from './compile.ts';
import type { Knowledge } from './types.ts';

/** Longest text that is shown below a title. */
const longestNote = 170;

const plain = (text: string): string =>
  text
    .replace(/[`*]/g, '')
    .replace(/\[([^[\]]{1,300})\]\([^()]{0,300}\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();

/** The first sentences of a text, as many as are read at a glance. */
function note(text: string): string {
  const all = plain(text);
  if (all.length <= longestNote) return all;
  const end = all.lastIndexOf('. ', longestNote);
  return end > 60 ? all.slice(0, end + 1) : `${all.slice(0, all.lastIndexOf(' ', longestNote))} …`;
}

/** Every text in an entry of the content, however deep. */
function textsIn(value: unknown, skip: ReadonlySet<string>): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, skip));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => (skip.has(key) ? [] : textsIn(one, skip)));
}

/** Fields of a problem that hold no words of a person. */
const notText = new Set(['id', 'captures', 'values', 'updated', 'consequences', 'fixedBy', 'source', 'reads', 'test']);

/** Makes the table. Plain JSON. */
export function compileNames(knowledge: Knowledge): NamesTable {
  const lists = wordLists(knowledge);
  const words = readWords(lists);
  /** Terms of longer texts, each once, without those that the row has elsewhere. */
  const further = (row: Row, texts: readonly string[]): string => {
    const has = new Set(termsOf([row.title, row.note, row.names, row.lines].join(' '), words));
    return [...new Set(termsOf(texts.map(plain).join(' '), words))].filter((term) => !has.has(term)).join(' ');
  };
  const rows: Row[] = [];
  const add = (row: Row, texts: readonly string[] = []): void => {
    const text = further(row, texts);
    rows.push(text ? { ...row, text } : row);
  };
  const bodyOf = (entry: object): string => knowledge.bodies.get(knowledge.places.get(entry)?.file ?? '') ?? '';

  for (const problem of knowledge.problems) {
    const step = knowledge.steps.find(({ id }) => id === problem.step);
    const row: Row = {
      path: routes.problem(problem.id),
      kind: 'problem',
      title: problem.title,
      note: plain(problem.summary),
      place: step?.title,
      names: [...problem.also, problem.id.replaceAll('-', ' ')].join(', '),
      lines: signLines(problem, knowledge.messages).join(', '),
    };
    add(row, [...textsIn(problem, notText), bodyOf(problem)]);
  }
  for (const guide of knowledge.guides) {
    const row: Row = {
      path: routes.guide(guide.id),
      kind: guide.kind === 'procedure' ? 'procedure' : 'guide',
      title: guide.title,
      note: plain(guide.summary),
      names: [...guide.also, guide.id.replaceAll('-', ' ')].join(', '),
    };
    add(row, [bodyOf(guide)]);
  }
  for (const message of knowledge.messages) {
    add(messageRow(message, knowledge.problems), [message.action ?? '', ...Object.values(message.fields).map(String)]);
    for (const text of message.texts) {
      const row = messageRow({ ...message, ...text, id: message.id }, knowledge.problems, text);
      add({ ...row, path: routes.message(message.id, text.id), title: textWords(message, text) }, [text.action ?? '']);
    }
  }
  for (const option of knowledge.options) {
    const row: Row = {
      path: routes.option(option.id),
      kind: 'option',
      title: option.name,
      note: note(option.what),
      place: option.section ?? option.kind,
      // Who asks for a bare number has seen it as a default.
      names: [...option.also, ...(option.default?.match(/\b\d{2,}\b/g) ?? [])].join(', ') || undefined,
    };
    add(row, [option.what, option.syntax ?? '']);
  }
  for (const check of knowledge.checks) {
    const row: Row = { path: routes.check(check.id), kind: 'check', title: check.ask, note: plain(check.id) };
    add(row, [check.note ?? '', ...check.outcomes.map(({ when }) => (typeof when === 'string' ? when : ''))]);
  }
  for (const question of knowledge.questions) {
    const row: Row = {
      path: routes.question(question.id),
      kind: 'question',
      title: question.ask,
      note: note(question.answers.map(({ label }) => label).join(' · ')),
    };
    add(row, [question.how, ...question.answers.flatMap(({ label, hint }) => [label, hint ?? ''])]);
  }
  for (const end of knowledge.ends) {
    const row: Row = {
      path: endRoute(end.id),
      kind: 'end',
      title: endTitle(end),
      note: note(end.summary),
      names: [...end.also, end.id.replaceAll('-', ' ')].join(', '),
      lines: end.lines.join(', '),
    };
    add(row, [end.means, end.why ?? '', ...end.go]);
  }
  for (const entry of knowledge.searchWords) {
    if ('page' in entry)
      add({
        path: entry.page,
        kind: 'page',
        title: entry.title,
        note: entry.summary,
        names: entry.also.join(', '),
      });
  }
  const common = knowledge.searchWords.flatMap((entry) => ('common' in entry ? entry.common : []));
  return { rows: toldApart(withoutCommon(rows)), words: lists, common: common.map((id) => routes.problem(id)) };
}

/** Lines that a problem is known by, without those that say little of it. */
function signLines(problem: Problem, messages: readonly Message[]): string[] {
  const lines = problem.signs
    .filter(({ weight }) => weight !== 'fits')
    .flatMap(({ message: id, text }) => {
      const message = messages.find((one) => one.id === id);
      if (!message) return [];
      const texts = message.texts.filter((one) => text?.includes(one.id));
      return texts.length > 0 ? texts.map((one) => textWords(message, one)) : [messageWords(message)];
    });
  return [...new Set(lines)];
}

function messageRow(
  message: Pick<Message, 'id' | 'kind' | 'forms' | 'severity' | 'side' | 'meaning' | 'takes'>,
  problems: readonly Problem[],
  text?: { id: string },
): Row {
  const proved = problems.find(({ signs }) =>
    signs.some(
      (sign) =>
        sign.message === message.id && sign.weight === 'proves' && (text ? sign.text?.includes(text.id) : !sign.text),
    ),
  );
  return {
    path: routes.message(message.id),
    kind: message.kind === 'path' ? 'message' : message.kind,
    title: messageWords(message),
    note: note(message.meaning),
    severity: message.severity,
    place: `${message.side === 'both' ? 'client, server' : message.side} · ${message.id}`,
    names: message.id,
    lines: message.forms[0]?.plain,
    ...(Object.values(message.takes).includes('marks') ? { marks: true as const } : {}),
    ...(proved ? { proves: routes.problem(proved.id) } : {}),
  };
}

/** A term in the texts of more pages than this tells none of them from the others. */
const mostPages = 4;

/** Rows without the terms that nearly every text has, and without bare numbers: they would be half of what is sent. */
function withoutCommon(rows: Row[]): Row[] {
  const pages = new Map<string, number>();
  for (const { text } of rows) for (const term of text?.split(' ') ?? []) pages.set(term, (pages.get(term) ?? 0) + 1);
  const kept = (term: string) => (pages.get(term) ?? 0) <= mostPages && !/^[\d.-]{1,3}$|^\d{7,}$/.test(term);
  return rows.map(({ text, ...row }) => {
    const left = text?.split(' ').filter(kept).join(' ');
    return left ? { ...row, text: left } : row;
  });
}

/** Rows of one title say at their place what differs between them. */
function toldApart(rows: Row[]): Row[] {
  const seen = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.title}\n${row.place ?? ''}`;
    seen.set(key, [...(seen.get(key) ?? []), row]);
  }
  for (const [, same] of seen) {
    if (same.length < 2) continue;
    for (const row of same) {
      const last = row.path.split(/[/#]/).filter(Boolean).at(-1) ?? '';
      row.place = [row.place, last.replaceAll('-', ' ')].filter(Boolean).join(' · ');
    }
  }
  return rows;
}

/** What search.yaml says of words, as short as it can be sent. */
function wordLists({ searchWords }: Pick<Knowledge, 'searchWords'>): WordLists {
  const join = (all: readonly string[]) => all.join(' ');
  return {
    skip: join(searchWords.flatMap((entry) => ('skip' in entry ? entry.skip : []))),
    weak: join(searchWords.flatMap((entry) => ('weak' in entry ? entry.weak : []))),
    same: searchWords.flatMap((entry) => ('same' in entry ? [join(entry.same)] : [])),
    means: searchWords.flatMap((entry) =>
      'word' in entry ? [[join(entry.word), join(entry.means)] as [string, string]] : [],
    ),
    joined: searchWords.flatMap((entry) => ('joined' in entry ? entry.joined : [])),
    negation: join(searchWords.flatMap((entry) => ('negation' in entry ? entry.negation : []))),
    not: searchWords.flatMap((entry) =>
      'not' in entry ? [[join(entry.not), join(entry.means)] as [string, string]] : [],
    ),
  };
}
