/**
 * All content, checked: the one way by which the build, the tests and the command line get at it. Node only.
 * Mistakes throw a ContentFault that names file, line, field and reason of each.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'astro/zod';
import {
  type Check,
  checkSchema,
  checkValueSchema,
  combinationSchema,
  consequencesSchema,
  endSchema,
  gatherPartSchema,
  gatherSchema,
  guideSchema,
  localeSchema,
  messageSchema,
  optionSchema,
  type Problem,
  problemSchema,
  questionSchema,
  recoverySchema,
  ruleSchema,
  sampleSchema,
  searchWordSchema,
  sectionSchema,
  settingSchema,
  settingWordsSchema,
  setupSchema,
  stepSchema,
  symptomSchema,
  variableSchema,
  type WrittenProblem,
  walkSchema,
  wordSchema,
} from '../../content/schemas.ts';
import { checkPlaces } from './commands.ts';
import { type ContentError, ContentFault, filesBelow, type RawEntry, readFrontmatter, readList } from './files.ts';
import { checkPage, commandBlocks } from './pages.ts';
import { checkReferences } from './references.ts';
import { checkSamples } from './samples.ts';
import { checkSetups } from './setups.ts';
import { meant, thereIsNo } from './suggest.ts';
import type { Knowledge, Place } from './types.ts';

const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/**
 * Reads and checks the content below `root`/src/content.
 * @param root project folder; another one in tests
 * @param options samples: false leaves their lines unchecked, for the script that makes them anew
 * @throws ContentFault
 */
export function loadKnowledge(root: string = projectRoot, options: { samples?: boolean } = {}): Knowledge {
  const folder = join(root, 'src', 'content');
  const errors: ContentError[] = [];
  const places = new WeakMap<object, Place>();

  function check<T extends object>(schema: z.ZodType<T>, entries: RawEntry[]): T[] {
    const good: T[] = [];
    for (const { file, lineOf, data } of entries) {
      const result = schema.safeParse(data, { reportInput: true });
      if (result.success) {
        places.set(result.data, { file, lineOf });
        good.push(result.data);
        continue;
      }
      const name = typeof data === 'object' && data && 'id' in data ? `${String(data.id)}: ` : '';
      for (const issue of result.error.issues) {
        const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
        const line = lineOf([...issue.path, ...unknown]);
        // Entries of a list are counted from 1 for people.
        const field = issue.path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join('.');
        errors.push({ file, line, field: `${name}${field || 'entry'}`, reason: reasonOf(issue, schema) });
      }
    }
    return good;
  }

  const list = (name: string) => readList(root, join(folder, name));
  const lists = (name: string) => filesBelow(join(folder, name), '.yaml').flatMap((path) => readList(root, path));
  const bodies = new Map<string, string>();
  const blocks: { file: string; text: string; line: number }[] = [];
  const mdx = (name: 'problems' | 'guides') =>
    filesBelow(join(folder, name), '.mdx').map((path) => {
      const page = readFrontmatter(root, path);
      errors.push(...checkPage(name, page));
      bodies.set(page.file, page.body);
      blocks.push(...commandBlocks(page).map((block) => ({ ...block, file: page.file })));
      return page;
    });

  const sets: Sets = {
    consequences: check(consequencesSchema, list('consequences.yaml')),
    recoveries: check(recoverySchema, list('recoveries.yaml')),
  };
  const knowledge: Knowledge = {
    steps: check(stepSchema, list('steps.yaml')),
    messages: check(messageSchema, lists('messages')),
    problems: check(problemSchema, mdx('problems')).map((problem) => expand(problem, sets, { places, errors })),
    ...sets,
    questions: check(questionSchema, list('questions.yaml')),
    ends: check(endSchema, list('ends.yaml')),
    options: check(optionSchema, list('options.yaml')),
    guides: check(guideSchema, mdx('guides')),
    samples: options.samples === false ? [] : check(sampleSchema, list('samples.yaml')),
    symptoms: check(symptomSchema, list('home.yaml')),
    sections: check(sectionSchema, list('configuration.yaml')),
    words: check(wordSchema, list('words.yaml')),
    searchWords: check(searchWordSchema, list('search.yaml')),
    checks: check(checkSchema, lists('checks')),
    combinations: check(combinationSchema, list('check-combinations.yaml')),
    gather: check(gatherSchema, list('check-gather.yaml')),
    gatherParts: check(gatherPartSchema, list('gather.yaml')),
    checkValues: check(checkValueSchema, list('check-values.yaml')),
    checkLocales: check(localeSchema, list('check-locales.yaml')),
    walk: check(walkSchema, list('walk.yaml')),
    variables: check(variableSchema, list('variables.yaml')),
    setups: check(setupSchema, list('setups.yaml')),
    settings: check(settingSchema, list('settings.yaml')),
    rules: check(ruleSchema, list('rules.yaml')),
    settingWords: check(settingWordsSchema, list('setting-words.yaml')),
    bodies,
    places,
  };
  // Cross-checks make sense only once every entry has its shape.
  if (errors.length === 0) errors.push(...checkSetups(knowledge));
  if (errors.length === 0) {
    for (const { file, text, line } of blocks)
      errors.push(...checkPlaces(text, knowledge).map((reason) => ({ file, line, field: 'command', reason })));
  }
  if (errors.length === 0) errors.push(...checkReferences(knowledge, root));
  if (errors.length === 0 && options.samples !== false) errors.push(...checkSamples(knowledge, root));
  if (errors.length > 0) throw new ContentFault(errors);
  return sortByStep(knowledge);
}

/** What is wrong, what was expected, and the word that was probably meant. */
function reasonOf(issue: z.core.$ZodIssue, schema: z.ZodType): string {
  if (issue.code === 'unrecognized_keys') {
    const keys = keysOf(schema);
    return issue.keys.map((key) => `there is no field ${key} here${meant(key, keys)}`).join('; ');
  }
  if (issue.input === undefined && issue.code !== 'custom') return 'is missing';
  if (issue.code === 'too_small') return `needs at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `has more than ${issue.maximum}`;
  if (issue.code === 'invalid_format' && issue.format === 'date') return 'must be a day such as 2026-11-27';
  if (issue.code !== 'invalid_value') return issue.message;
  const given = typeof issue.input === 'string' ? issue.input : '';
  return `${given ? `${given} is not ` : 'must be '}one of ${issue.values.join(', ')}${meant(given, issue.values.map(String))}`;
}

/** Names of all fields that an entry of this shape can have, at any depth. */
function keysOf(schema: z.ZodType): Set<string> {
  const keys = new Set<string>();
  JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), (key, value) => {
    if (key === 'properties') for (const name of Object.keys(value)) keys.add(name);
    return value;
  });
  return keys;
}

type Sets = Pick<Knowledge, 'consequences' | 'recoveries'>;

/** A problem with the records that its names stand for. */
function expand(
  problem: WrittenProblem,
  { consequences, recoveries }: Sets,
  { places, errors }: Pick<Knowledge, 'places'> & { errors: ContentError[] },
): Problem {
  const place = places.get(problem);
  const records = <T>(field: string, list: readonly (string | T)[], sets: readonly { id: string; records: T[] }[]) =>
    list.flatMap((one, i) => {
      if (typeof one !== 'string') return [one];
      const set = sets.find(({ id }) => id === one);
      if (!set)
        errors.push({
          file: place?.file ?? '',
          line: place?.lineOf([field, i]),
          field: `${problem.id}: ${field}.${i + 1}`,
          reason: thereIsNo(
            'set of records',
            one,
            sets.map(({ id }) => id),
          ),
        });
      return set?.records ?? [];
    });
  const expanded = {
    ...problem,
    consequences: records('consequences', problem.consequences, consequences),
    fixedBy: records('fixedBy', problem.fixedBy, recoveries),
    checks: [],
  };
  if (place) places.set(expanded, place);
  return expanded;
}

/** Checks of which an outcome can settle a problem. */
function checksOf({ id }: Problem, checks: readonly Check[]): string[] {
  const names = (list: readonly string[]) => list.some((one) => one.split('@')[0] === id);
  const settles = ({ outcomes }: Check) => outcomes.some(({ proves, excludes }) => names(proves) || names(excludes));
  return checks.filter(settles).map((check) => check.id);
}

/** Problems in the order of the steps, checks in that of asking, so that every list shows them alike. */
function sortByStep(knowledge: Knowledge): Knowledge {
  const order = new Map(knowledge.steps.map((step, i) => [step.id, i]));
  const rank = (problem: Problem) => order.get(problem.step) ?? 0;
  knowledge.problems.sort((a, b) => rank(a) - rank(b) || (a.order ?? 50) - (b.order ?? 50) || (a.id < b.id ? -1 : 1));
  knowledge.checks.sort((a, b) => a.order - b.order);
  for (const problem of knowledge.problems) problem.checks = checksOf(problem, knowledge.checks);
  knowledge.guides.sort((a, b) => (a.kind === b.kind ? a.order - b.order : a.kind < b.kind ? -1 : 1));
  return knowledge;
}
