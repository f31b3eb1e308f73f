/** What must hold of checks: ids, places, commands, expressions, the problems they speak of, and that each outcome can be reached. */
import type { Check, CheckValue, Condition, LineTest, Outcome, Problem } from '../../content/schemas.ts';
import { checkCommand } from './commands.ts';
import { thereIsNo } from './suggest.ts';
import type { Knowledge, Report } from './types.ts';
import { checkUnique } from './unique.ts';

/** Steps of the walk name checks, outcomes and problems that are there, each outcome once. */
function checkWalk({ walk, checks, problems }: Knowledge, report: Report): void {
  for (const step of walk) {
    const check = checks.find(({ id }) => id === step.check);
    if (!check) {
      report(step, 'check', thereIsNo('check', step.check, new Set(checks.map(({ id }) => id))));
      continue;
    }
    const own = check.outcomes.map(({ id }) => id);
    const named = [...step.good, ...step.ifNot.flatMap(({ outcomes }) => outcomes)];
    for (const id of named) {
      if (!own.includes(id)) report(step, 'ifNot', thereIsNo('outcome', id, own));
      if (named.filter((one) => one === id).length > 1) report(step, 'ifNot', `names the outcome ${id} twice`);
    }
    for (const { problem, check: other } of step.ifNot) {
      if (!problem === !other) report(step, 'ifNot', 'must lead to one problem or to one check of the walk');
      if (problem && !problems.some(({ id }) => id === problem))
        report(step, 'ifNot', thereIsNo('problem', problem, new Set(problems.map(({ id }) => id))));
      if (other && !walk.some((one) => one.check === other)) report(step, 'ifNot', `${other} is no step of the walk`);
    }
  }
}

/** Reports every broken rule of checks and their combinations. */
export function checkChecks(knowledge: Knowledge, report: Report): void {
  const { checks, combinations, gather, checkValues, problems } = knowledge;
  const problemById = new Map(problems.map((problem) => [problem.id, problem]));
  const values = valuesById(checkValues);
  const variables = knowledge.variables.map(({ id }) => id);
  const places = [...checkValues.map(({ id }) => id), ...variables];
  for (const value of checkValues)
    if (value.names && !variables.includes(value.names))
      report(value, 'names', thereIsNo('variable', value.names, variables));
  const ids = [...checks.map(({ id }) => id), ...checks.flatMap(variantIds)];
  for (const check of checks) {
    if (ids.filter((id) => id === check.id).length > 1) report(check, 'id', 'stands twice');
    if (!check.id.startsWith(`${check.on}.`)) report(check, 'on', `does not fit the id ${check.id}`);
    for (const [i, { id, run }] of check.variants.entries()) {
      if (id && ids.filter((one) => one === id).length > 1) report(check, `variants.${i + 1}.id`, 'stands twice');
      for (const reason of checkCommand({ run, changes: check.changes }, values, knowledge))
        report(check, `variants.${i + 1}.run`, reason);
    }
    for (const reason of checkCommand(check, values, knowledge)) report(check, 'run', reason);
    for (const [place, matches] of Object.entries(check.alone)) {
      if (!places.includes(place)) report(check, 'alone', thereIsNo('value', place, places));
      for (const reason of wrongExpression({ matches, where: { value: {} } })) report(check, 'alone', reason);
    }
    for (const one of check.reads) {
      const texts = 'run' in one ? [one.run] : [one.rest, one.needs ?? ''];
      for (const [, name = ''] of texts.join('\n').matchAll(/\{([a-z][a-z_]*)\}/g))
        if (!places.includes(name)) report(check, 'reads', thereIsNo('value', name, places));
      if (!('run' in one)) for (const reason of wrongExpression({ matches: texts })) report(check, 'reads', reason);
    }
    for (const { message } of check.traces)
      if (!knowledge.messages.some(({ id }) => id === message))
        report(
          check,
          'traces',
          thereIsNo(
            'message',
            message,
            knowledge.messages.map(({ id }) => id),
          ),
        );
    checkUnique(check.outcomes, (entry, field, reason) =>
      report(check, `outcomes.${(entry as Outcome).id}.${field}`, reason),
    );
    for (const [i, outcome] of check.outcomes.entries()) {
      const field = `outcomes.${outcome.id}`;
      checkSaid(outcome, problemById, (name, reason) => report(check, `${field}.${name}`, reason));
      if (outcome.next && !ids.includes(outcome.next))
        report(check, `${field}.next`, thereIsNo('check', outcome.next, ids));
      checkCase(outcome, problemById, (reason) => report(check, `${field}.case`, reason));
      for (const name of ['when', 'nothingIf'] as const) {
        for (const reason of wrongConditions(outcome[name] ?? [], places)) report(check, `${field}.${name}`, reason);
      }
      const earlier = check.outcomes.slice(0, i).find(({ when }) => covers(when, outcome.when));
      if (earlier) report(check, `${field}.when`, `is never reached: ${earlier.id} above takes all that it takes`);
      if (outcome.shows === undefined && !outcome.when.some(canBeEmpty))
        report(check, `${field}.shows`, 'is missing: only an output of nothing needs no example');
    }
  }
  for (const reading of gather) {
    const check = checks.find(({ id }) => id === reading.check);
    if (!check) report(reading, 'check', thereIsNo('check', reading.check, ids));
    const own = check?.outcomes.map(({ id }) => id) ?? [];
    for (const reason of wrongConditions(reading.given ?? [], places)) report(reading, 'given', reason);
    for (const { outcome, when } of reading.when ?? []) {
      if (check && !own.includes(outcome)) report(reading, 'when', thereIsNo('outcome', outcome, own));
      for (const reason of wrongConditions(when, places)) report(reading, `when.${outcome}`, reason);
    }
  }
  checkWalk(knowledge, report);
  const outcomeIds = new Set(checks.flatMap(({ id, outcomes }) => outcomes.map((one) => `${id}=${one.id}`)));
  for (const combination of combinations) {
    checkSaid(combination, problemById, (name, reason) => report(combination, name, reason));
    for (const one of combination.all.flat()) {
      if (!outcomeIds.has(one)) report(combination, 'all', thereIsNo('outcome', one, outcomeIds));
    }
  }
}

/** Declared values by their name, as the rules for commands want them. */
export const valuesById = (values: readonly CheckValue[]): Problem['values'] =>
  Object.fromEntries(values.map(({ id, ...value }) => [id, value]));

const variantIds = ({ variants }: Check): string[] => variants.flatMap(({ id }) => id ?? []);

/** The problems that are spoken of are there, on a side that there is, and nothing is said of one twice. */
function checkSaid(
  { proves, points, excludes }: Pick<Outcome, 'proves' | 'points' | 'excludes'>,
  problems: ReadonlyMap<string, Problem>,
  report: (field: string, reason: string) => void,
): void {
  const said = new Set<string>();
  for (const [field, list] of Object.entries({ proves, points, excludes })) {
    for (const one of list) {
      const [problem = '', side] = one.split('@');
      if (!problems.has(problem)) report(field, thereIsNo('problem', problem, problems.keys()));
      if (side !== undefined && side !== 'client' && side !== 'server')
        report(field, thereIsNo('side', side, ['client', 'server']));
      if (said.has(one)) report(field, `speaks of ${one} twice`);
      said.add(one);
    }
  }
}

/** A case is one of a problem that is proven. */
function checkCase(
  { proves, case: which }: Pick<Outcome, 'proves' | 'case'>,
  problems: ReadonlyMap<string, Problem>,
  report: (reason: string) => void,
): void {
  if (which === undefined) return;
  if (proves.length === 0) report('is one of a problem that `proves` names');
  // A problem whose ways are not told apart yet has no cases: the name waits for them.
  const cases = proves.flatMap((one) => problems.get(one.split('@')[0] ?? '')?.cases.map(({ id }) => id) ?? []);
  if (cases.length > 0 && !cases.includes(which)) report(thereIsNo('case', which, cases));
}

/** Expressions that are none, parts that no expression names, and places that nobody declares. */
function wrongConditions(when: readonly Condition[], known: readonly string[]): string[] {
  return when.flatMap(({ has = [], hasOne = [], lacks = [], lines = [], last, every, unknown }) => {
    const tests: LineTest[] = [...lines, ...[last, every].filter((one) => one !== undefined)];
    const texts = tests.flatMap(({ matches, where = {} }) => [
      ...[matches].flat(),
      ...Object.values(where).flatMap(({ is = [], not = [], words = [], short = '' }) => [
        ...is,
        ...not,
        ...words,
        short,
      ]),
    ]);
    const places = [...has, ...hasOne, ...lacks, ...texts].flatMap((text) =>
      [...text.matchAll(/\{([a-z][a-z_]*)\}/g)].map(([, name = '']) => name),
    );
    if (unknown !== undefined) places.push(unknown);
    return [
      ...places.filter((name) => !known.includes(name)).map((name) => thereIsNo('value', name, known)),
      ...tests.flatMap(wrongExpression),
    ];
  });
}

function wrongExpression({ matches, where = {} }: LineTest): string[] {
  const all = [matches].flat();
  try {
    for (const one of all) new RegExp(one.replace(/\{[a-z][a-z_]*\}/g, 'x'), 'i');
  } catch (error) {
    return [String(error)];
  }
  const parts = [...all.join('\n').matchAll(/\(\?<(\w+)>/g)].map(([, name = '']) => name);
  const asked = Object.entries(where).flatMap(([name, { notAmong }]) => [name, ...(notAmong ? [notAmong] : [])]);
  return asked.filter((name) => !parts.includes(name)).map((name) => thereIsNo('part', name, parts));
}

const canBeEmpty = (condition: Condition): boolean => condition.empty === true || Object.keys(condition).length === 0;

/** True if the first condition surely holds wherever the second does: each thing that it asks for is asked for there too. */
function covers(first: readonly Condition[], second: readonly Condition[]): boolean {
  return second.every((narrow) => first.some((wide) => isPartOf(wide, narrow)));
}

function isPartOf(wide: Condition, narrow: Condition): boolean {
  const asked = Object.entries(wide) as [keyof Condition, unknown][];
  return asked.every(([name, value]) => {
    const other = narrow[name];
    if (name === 'hasOne' && isList(value)) {
      // One of more words holds more often, and does so as well where one of them must be there.
      const chosen = isList(other) ? other : [];
      const must = narrow.has ?? [];
      return (
        (chosen.length > 0 && chosen.every((word) => value.includes(word))) || must.some((word) => value.includes(word))
      );
    }
    if (isList(value) && isList(other)) {
      const there = other.map((one) => JSON.stringify(one));
      return value.every((one) => there.includes(JSON.stringify(one)));
    }
    return JSON.stringify(value) === JSON.stringify(other);
  });
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value);
