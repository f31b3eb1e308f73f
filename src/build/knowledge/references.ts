/** Checks that hold between entries: every reference has its target, every question and problem can be reached. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Message, mostQuestions, type Pattern, type Problem, type Question } from '../../content/schemas.ts';
import { checkChecks } from './checks.ts';
import { changesIn, checkCommands, checkPlaces, stepsIn } from './commands.ts';
import { waysFrom, waysOut } from './compile.ts';
import type { ContentError } from './files.ts';
import { checkGather } from './gather.ts';
import { checkSettings } from './settings.ts';
import { hasNo, thereIsNo } from './suggest.ts';
import type { Knowledge, Report } from './types.ts';
import { checkUnique } from './unique.ts';

/** Every broken rule as a ContentError; an empty list if all is well. */
export function checkReferences(knowledge: Knowledge, root: string): ContentError[] {
  const errors: ContentError[] = [];
  const report: Report = (entry, field, reason) => {
    const place = knowledge.places.get(entry);
    const id = 'id' in entry ? `${String(entry.id)}: ` : '';
    // Entries of a list are counted from 1 for people.
    const line = place?.lineOf(field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) - 1 : part)));
    errors.push({ file: place?.file ?? 'src/content', line, field: id + field, reason });
  };
  const { messages, problems, questions, steps, guides, options, samples } = knowledge;
  for (const list of [messages, problems, questions, knowledge.ends, steps, guides, options]) checkUnique(list, report);
  const stepIds = new Set(steps.map((s) => s.id));
  const problemIds = new Set(problems.map((p) => p.id));
  const recoveryIds = new Set(knowledge.recoveries.map(({ id }) => id));
  const guideIds = new Set(guides.map((g) => g.id));
  const messageById = new Map(messages.map((m) => [m.id, m]));

  for (const question of questions) {
    for (const reason of checkPlaces(question.run ?? '', knowledge)) report(question, 'run', reason);
  }
  // Steps of a connection have a direction; before the first nothing is on its way, after the last nothing is later.
  const way = steps.filter(({ arrow }) => arrow !== 'none').map(({ id }) => id);
  for (const message of messages) {
    checkReaches(message, way, report);
    if (!stepIds.has(message.step)) report(message, 'step', thereIsNo('step', message.step, stepIds));
    for (const { id, step } of message.texts) {
      if (step && !stepIds.has(step)) report(message, `texts.${id}.step`, thereIsNo('step', step, stepIds));
    }
    checkFields(message, report);
    checkMeanings(message, messageById, report);
    for (const name of Object.keys(message.takes)) {
      if (!(name in message.fields)) report(message, `takes.${name}`, 'no template of this message has it');
    }
    for (const secret of message.secrets) {
      for (const name of typeof secret === 'string' ? [secret] : Object.values(secret)) {
        if (!message.fields[name]) report(message, 'secrets', `there is no field ${name}`);
      }
    }
    checkUnique(message.texts, (entry, field, reason) =>
      report(message, `texts.${(entry as { id: string }).id}.${field}`, reason),
    );
  }
  checkSearchWords(knowledge, problemIds, report);
  checkUnique(knowledge.symptoms, report);
  for (const symptom of knowledge.symptoms) {
    const message = messageById.get(symptom.message);
    const texts = message?.texts.map(({ id }) => id) ?? [];
    const asked = questions.map(({ id }) => id);
    if (!message) report(symptom, 'message', thereIsNo('message', symptom.message, messageById.keys()));
    else if (symptom.text && !texts.includes(symptom.text))
      report(symptom, 'text', thereIsNo('text', symptom.text, texts));
    if (!asked.includes(symptom.question)) report(symptom, 'question', thereIsNo('question', symptom.question, asked));
  }
  for (const entry of [...problems, ...guides]) {
    const file = knowledge.places.get(entry)?.file ?? '';
    if (basename(file, '.mdx') !== entry.id)
      report(entry, 'id', `must be the name of its file, ${basename(file, '.mdx')}`);
  }
  for (const problem of problems) {
    if (!stepIds.has(problem.step)) report(problem, 'step', thereIsNo('step', problem.step, stepIds));
    if (
      problem.stops &&
      steps.findIndex(({ id }) => id === problem.step) >= steps.findIndex(({ id }) => id === way.at(-1))
    ) {
      report(problem, 'stops', `no step of a connection comes after ${problem.step}: nothing could show the end`);
    }
    if (problem.stops && problem.urgency === 'warning')
      report(problem, 'stops', 'what stops a connection is no warning');
    for (const [field, pattern] of patternsOf(problem)) checkPattern(problem, field, pattern, messageById, report);
    for (const [i, { message, many }] of problem.signs.entries()) {
      if (many && !(many.field in (messageById.get(message)?.fields ?? {})))
        report(
          problem,
          `signs.${i + 1}.many`,
          hasNo(message, 'field', many.field, Object.keys(messageById.get(message)?.fields ?? {})),
        );
    }
    for (const [i, { problem: other }] of problem.similar.entries()) {
      const field = `similar.${i + 1}.problem`;
      if (!problemIds.has(other)) report(problem, field, thereIsNo('problem', other, problemIds));
      if (other === problem.id) report(problem, field, 'a problem is not similar to itself');
    }
    for (const { field, step } of stepsIn(problem)) {
      const guide = step.procedure?.split('#')[0];
      if (guide && !guideIds.has(guide)) report(problem, `${field}.procedure`, thereIsNo('guide', guide, guideIds));
    }
    checkCases(problem, report);
    for (const [i, { shows }] of problem.verify.entries()) {
      for (const name of shows)
        if (!recoveryIds.has(name)) report(problem, `verify.${i + 1}.shows`, thereIsNo('recovery', name, recoveryIds));
    }
    for (const { field, reason } of checkCommands(problem, knowledge)) report(problem, field, reason);
    for (const [name, { fields, from, setup, options, outputs }] of Object.entries(problem.values)) {
      const settings = knowledge.settings.map((one) => one.name);
      const checks = knowledge.checks.map(({ id }) => id);
      for (const { option } of options)
        if (!settings.includes(option))
          report(problem, `values.${name}.options`, thereIsNo('option', option, settings));
      for (const { check } of outputs)
        if (!checks.includes(check)) report(problem, `values.${name}.outputs`, thereIsNo('check', check, checks));
      const variables = knowledge.variables.map(({ id }) => id);
      if (setup !== undefined && !variables.includes(setup))
        report(problem, `values.${name}.setup`, thereIsNo('variable', setup, variables));
      for (const field of fields) {
        if (!problem.signs.some(({ message }) => valuesOf(messageById.get(message)).has(field)))
          report(problem, `values.${name}.fields`, `no message of its signs has a field ${field}`);
      }
      for (const { message, fields } of from) {
        const entry = messageById.get(message);
        if (!entry) report(problem, `values.${name}.from`, thereIsNo('message', message, messageById.keys()));
        for (const field of fields) {
          if (entry && !(field in entry.fields))
            report(problem, `values.${name}.from`, hasNo(message, 'field', field, Object.keys(entry.fields)));
        }
      }
    }
    for (const capture of problem.captures) {
      if (!existsSync(join(root, 'tests', 'captures', capture))) {
        report(problem, 'captures', `there is no folder tests/captures/${capture}`);
      }
    }
    if (problem.captures.length === 0 && problem.lines.length === 0)
      report(problem, 'lines', 'the page shows no line: name a captured run under captures, or give lines');
    if (problem.known === 'captures' && problem.captures.length === 0) {
      report(problem, 'captures', 'known from captures, but none is named; or write `known: source`');
    }
  }
  for (const option of options) {
    for (const id of option.problems)
      if (!problemIds.has(id)) report(option, 'problems', thereIsNo('problem', id, problemIds));
    for (const id of option.messages)
      if (!messageById.has(id)) report(option, 'messages', thereIsNo('message', id, messageById.keys()));
  }
  checkSettings(knowledge, report);
  for (const sample of samples) {
    const message = messageById.get(sample.message);
    if (!message) report(sample, 'message', thereIsNo('message', sample.message, messageById.keys()));
    else if (sample.text && !message.texts.some((t) => t.id === sample.text)) {
      report(
        sample,
        'text',
        hasNo(
          sample.message,
          'text',
          sample.text,
          message.texts.map((t) => t.id),
        ),
      );
    }
    const named = message?.texts.find(({ id }) => id === sample.text)?.versions ?? message?.versions ?? [];
    for (const version of sample.versions)
      if (!named.includes(version))
        report(sample, 'versions', `${sample.message} was seen on ${version}, which it does not name`);
  }
  checkQuestions(knowledge, problemIds, report);
  checkChecks(knowledge, report);
  checkGather(knowledge, report);
  return errors;
}

/** What a message proves to have been reached is a step of a connection, by fields that it has. */
function checkReaches(message: Message, way: readonly string[], report: Report): void {
  const all = [{ place: 'reaches', reaches: message.reaches }].concat(
    message.texts.map(({ id, reaches }) => ({ place: `texts.${id}.reaches`, reaches })),
  );
  for (const { place, reaches } of all) {
    if (reaches === undefined) continue;
    const step = typeof reaches === 'string' ? reaches : reaches.step;
    if (!way.includes(step)) report(message, place, `${step} is no step of a connection: ${way.join(', ')}`);
    for (const name of Object.keys(typeof reaches === 'string' ? {} : reaches.fields)) {
      if (!(name in message.fields)) report(message, place, `this message has no field ${name}`);
    }
  }
}

/** Every {name} of a template is explained, and nothing is explained that no template has. */
function checkFields(message: Message, report: Report): void {
  const names = new Set<string>();
  for (const form of message.forms) {
    for (const template of [form.plain, form.xml]) {
      for (const [, name] of template.matchAll(/\{([a-z_0-9]+)\}/gi)) if (name) names.add(name);
    }
  }
  for (const name of names) {
    if (!message.fields[name]) report(message, `fields.${name}`, 'has no explanation');
  }
  for (const name of Object.keys(message.fields)) {
    if (!names.has(name)) report(message, `fields.${name}`, 'no template of this message has it');
  }
}

/** Every pattern of a problem with the field that holds it; entries of a list are counted from 1. */
function patternsOf(problem: Problem): [string, Pattern][] {
  const list = (field: string, patterns: readonly Pattern[] = []): [string, Pattern][] =>
    patterns.map((pattern, i) => [`${field}.${i + 1}`, pattern]);
  return [
    ...list('signs', problem.signs),
    ...problem.signs.flatMap((sign, i) => [
      ...list(`signs.${i + 1}.with`, sign.with),
      ...list(`signs.${i + 1}.without`, sign.without),
    ]),
    ...problem.blocks.flatMap((block, i) => list(`blocks.${i + 1}.with`, block.with)),
    ...problem.consequences.map((one): [string, Pattern] => ['consequences', one]),
    ...problem.fixedBy
      .flatMap((one) => [one, ...(one.with ?? []), ...(one.without ?? [])])
      .map((one): [string, Pattern] => ['fixedBy', one]),
    ...stepsIn(problem).flatMap(({ field, step }) => list(`${field}.if`, step.if)),
    ...problem.decide.flatMap((one, i) => list(`decide.${i + 1}.unless`, one.unless)),
  ];
}

/** Each case is there once, the first one has a test, and signs name none but these. */
function checkCases(problem: Problem, report: Report): void {
  const ids = problem.cases.map(({ id }) => id);
  for (const id of ids.filter((one, i) => ids.indexOf(one) !== i)) report(problem, `cases.${id}`, 'stands twice');
  const [first] = problem.cases;
  if (first && !first.test) report(problem, `cases.${first.id}`, 'is the first case, and has no test that chooses it');
  if (ids.length === 1) report(problem, 'cases', 'a single case is none: its steps belong to the fix');
  for (const [field, list] of [
    ['signs', problem.signs],
    ['blocks', problem.blocks],
  ] as const) {
    for (const [i, { case: named }] of list.entries()) {
      if (named && !ids.includes(named)) report(problem, `${field}.${i + 1}.case`, thereIsNo('case', named, ids));
    }
  }
}

/** Names of the values that a line of this message can give: its fields, and what its texts leave open. */
function valuesOf(message: Message | undefined): Set<string> {
  const open = (message?.texts ?? []).flatMap(({ text }) => [...(text ?? '').matchAll(/\{(\w+)\}/g)]);
  return new Set([...Object.keys(message?.fields ?? {}), ...open.flatMap(([, name]) => name ?? [])]);
}

/** What narrows a text, or makes a line harmless, speaks of fields and messages that there are. */
function checkMeanings(message: Message, messages: Map<string, Message>, report: Report): void {
  const meanings = [
    { field: 'harmless', harmless: message.harmless, where: undefined },
    ...message.texts.map(({ id, harmless, where }) => ({ field: `texts.${id}`, harmless, where })),
  ];
  for (const { field, harmless, where } of meanings) {
    for (const name of Object.keys(where ?? {})) {
      if (!(name in message.fields))
        report(message, `${field}.where`, hasNo(message.id, 'field', name, Object.keys(message.fields)));
    }
    for (const { fields, with: companions, without } of harmless) {
      checkPattern(message, `${field}.fields`, { message: message.id, fields }, messages, report);
      for (const one of [...(companions ?? []), ...(without ?? [])])
        checkPattern(message, `${field}.with/without`, one, messages, report);
    }
  }
}

function checkPattern(
  problem: object,
  field: string,
  pattern: Pattern,
  messages: Map<string, Message>,
  report: Report,
): void {
  const message = messages.get(pattern.message);
  if (!message) {
    report(problem, `${field}.message`, thereIsNo('message', pattern.message, messages.keys()));
    return;
  }
  for (const text of pattern.text ?? []) {
    if (!message.texts.some((t) => t.id === text))
      report(
        problem,
        `${field}.text`,
        hasNo(
          pattern.message,
          'text',
          text,
          message.texts.map((t) => t.id),
        ),
      );
  }
  const named = pattern.text ? undefined : textOf(message, pattern.fields ?? {});
  if (named)
    report(problem, `${field}.fields`, `is what the text ${named} of ${pattern.message} is: write text: ${named}`);
  for (const name of Object.keys(pattern.fields ?? {})) {
    if (!valuesOf(message).has(name))
      report(problem, `${field}.fields.${name}`, hasNo(pattern.message, 'field', name, valuesOf(message)));
  }
}

/** The text that has these very values: what the catalogue names needs no second description. */
function textOf(message: Message, fields: NonNullable<Pattern['fields']>): string | undefined {
  const lower = (value: unknown) => JSON.stringify(value)?.toLowerCase();
  const values = Object.values(fields);
  const [only] = values.length === 1 ? values : [];
  const words = typeof only === 'string' ? only : only?.is?.length === 1 ? only.is[0] : undefined;
  // What several texts have in common names none of them.
  const alike = message.texts.filter(({ where }) => where !== undefined && lower(where) === lower(fields));
  if (alike.length === 1 && alike[0]?.text === undefined) return alike[0]?.id;
  return message.texts.find(({ text, where }) => !where && words !== undefined && lower(text) === lower(words))?.id;
}

/** Each question is reached and leads on; each problem and each end is reached; no way runs in a circle, or too far. */
function checkQuestions(knowledge: Knowledge, problems: Set<string>, report: Report): void {
  const { questions, ends } = knowledge;
  const byId = new Map(questions.map((q) => [q.id, q]));
  const endIds = new Set(ends.map((end) => end.id));
  const start = questions[0];
  if (!start) return;
  const reached = { problem: new Set<string>(), end: new Set<string>() };
  /** How many questions the longest way from here has; undefined while it is being followed. */
  const longest = new Map<string, number | undefined>();
  const visit = (question: Question): number => {
    longest.set(question.id, undefined);
    let most = 0;
    checkUnique(question.answers, (answer, field, reason) =>
      report(question, `answers.${(answer as { id: string }).id}.${field}`, reason),
    );
    for (const { id } of waysOut(question))
      if (question.answers.some((answer) => answer.id === id))
        report(question, `answers.${id}.id`, 'is the name of a way out');
    for (const { field, next, problem, end } of waysFrom(question)) {
      const targets = [next, problem, end].filter(Boolean).length;
      if (targets !== 1)
        report(
          question,
          field,
          field === 'unknown' ? 'leads nowhere' : 'must lead to one question, one problem or one end',
        );
      if (next) {
        const target = byId.get(next);
        if (!target) report(question, field, thereIsNo('question', next, byId.keys()));
        else if (longest.has(next) && longest.get(next) === undefined)
          report(question, field, `leads back to ${next}: a circle`);
        else most = Math.max(most, longest.get(next) ?? visit(target));
      }
      if (problem && !problems.has(problem)) report(question, field, thereIsNo('problem', problem, problems));
      if (end && !endIds.has(end)) report(question, field, thereIsNo('end', end, endIds));
      if (problem) reached.problem.add(problem);
      if (end) reached.end.add(end);
    }
    const change = changesIn(question.run ?? '', knowledge);
    if (change && !question.stops)
      report(question, 'run', `runs \`${change}\`, and the question does not say \`stops\``);
    longest.set(question.id, most + 1);
    return most + 1;
  };
  const all = visit(start);
  if (all > mostQuestions) report(start, 'answers', `a way has ${all} questions, and ${mostQuestions} are the most`);
  for (const question of questions) {
    if (!longest.has(question.id)) report(question, 'id', 'no answer leads to this question');
  }
  for (const problem of problems) {
    if (!reached.problem.has(problem)) report(start, 'answers', `no way leads to the problem ${problem}`);
  }
  checkEnds(knowledge, { problems, questions: byId, reached: reached.end }, report);
}

/** Each end is reached, and names only what is there. */
function checkEnds(
  knowledge: Knowledge,
  known: { problems: Set<string>; questions: ReadonlyMap<string, Question>; reached: Set<string> },
  report: Report,
): void {
  const ends = new Set(knowledge.ends.map(({ id }) => id));
  const checks = new Set(knowledge.checks.map(({ id }) => id));
  for (const end of knowledge.ends) {
    const byAnother = knowledge.ends.some(({ unless }) => unless.some((one) => one.end === end.id));
    if (!known.reached.has(end.id) && !byAnother) report(end, 'id', 'no answer leads to this end');
    for (const [i, { problem, question, end: other, say }] of end.unless.entries()) {
      const field = `unless.${i + 1}`;
      if ([problem, question, other, say].filter(Boolean).length !== 1)
        report(end, field, 'must say one of say, problem, question, end');
      if (problem && !known.problems.has(problem)) report(end, field, thereIsNo('problem', problem, known.problems));
      if (question && !known.questions.has(question))
        report(end, field, thereIsNo('question', question, known.questions.keys()));
      if (other && !ends.has(other)) report(end, field, thereIsNo('end', other, ends));
    }
    if (end.check && 'id' in end.check && !checks.has(end.check.id))
      report(end, 'check.id', thereIsNo('check', end.check.id, checks));
    if (end.check && 'run' in end.check)
      for (const reason of checkPlaces(end.check.run, knowledge)) report(end, 'check.run', reason);
    if (end.kind !== 'no-fault' && end.go.length === 0) report(end, 'go', 'must say where to go');
  }
}

/** A word of the search that means two things means the first only: said twice, it is a mistake. */
function checkSearchWords({ searchWords }: Knowledge, problems: ReadonlySet<string>, report: Report): void {
  const taken = new Map<string, string>();
  for (const entry of searchWords) {
    if ('common' in entry)
      for (const [i, id] of entry.common.entries())
        if (!problems.has(id)) report(entry, `common.${i + 1}`, thereIsNo('problem', id, problems));
    const field = 'same' in entry ? 'same' : 'skip' in entry ? 'skip' : undefined;
    for (const word of 'same' in entry ? entry.same : 'skip' in entry ? entry.skip : []) {
      const first = taken.get(word);
      if (field && first) report(entry, field, `${word} stands in the row of ${first} already`);
      taken.set(word, 'same' in entry ? (entry.same[0] ?? '') : 'skip');
    }
  }
}
