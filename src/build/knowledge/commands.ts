/**
 * What a command of the content must not do with its places. A variable in double quotes is safe in the shell that expands
 * it; where its text goes on to a second program that reads it as a language of its own, it is not.
 */
import type { FixStep, Problem, Variable } from '../../content/schemas.ts';
import { type Command, type Place, readShell, type Word } from '../../engine/diagnosis/shell.ts';
import { type Installations, valuesOf } from '../../engine/setup.ts';

export interface Use {
  /** The field of the content, for the message. */
  field: string;
  run: string;
  changes: boolean;
}

type Values = Problem['values'];

/** Every mistake in the commands of a problem, as field and reason. */
export function checkCommands(problem: Problem, installations: Installations): { field: string; reason: string }[] {
  return usesOf(problem).flatMap((use) =>
    [...literalsIn(use.run, installations), ...checkCommand(use, problem.values, installations)].map((reason) => ({
      field: use.field,
      reason,
    })),
  );
}

/** Every command of a problem, with the field that holds it. */
export function usesOf(problem: Problem): Use[] {
  const decide = problem.decide.map((one, i) => ({ field: `decide.${i + 1}`, step: { changes: false, ...one } }));
  return [...stepsIn(problem), ...decide].flatMap(({ field, step: { run, changes } }) =>
    run === undefined ? [] : [{ field: `${field}.run`, run, changes }],
  );
}

/** Every step of a problem, with the field that holds it. */
export function stepsIn({ cases, steps: common, verify }: Problem): { field: string; step: FixStep }[] {
  const list = (name: string, steps: readonly FixStep[]) =>
    steps.map((step, i) => ({ field: `${name}.${i + 1}`, step }));
  return [
    ...cases.flatMap(({ id, test, steps }) => [
      ...(test ? [{ field: `cases.${id}.test`, step: test }] : []),
      ...list(`cases.${id}.steps`, steps),
    ]),
    ...list('steps', common),
    ...list('verify', verify),
  ];
}

/** A command with the tools of the first setup in it; the paths and names in those stay places. */
function withTools(run: string, { variables, setups }: Installations): string {
  const byId = new Map(variables.map((variable) => [variable.id, variable]));
  return run.replace(/\{([a-z_]+)\}/g, (place, name: string) => {
    const variable = byId.get(name);
    const one = variable && 'either' in variable ? byId.get(variable.either.server) : variable;
    const given = one && 'kind' in one && one.kind === 'tool' ? setups[0]?.values[one.id] : undefined;
    if (given === undefined) return place;
    return typeof given === 'string' ? given : 'value' in given ? given.value : place;
  });
}

/**
 * What a command that knows the variables only has wrong with its places: in a page's text, in a question. Whether it changes
 * anything is not asked there.
 */
export function checkPlaces(run: string, installations: Installations): string[] {
  return [
    ...literalsIn(run, installations),
    ...checkPlacesIn(run, {}, installations),
    ...checkEvaluated(run, {}, installations),
  ];
}

/** What a command of the content changes, if it does: by the usual words, in every setup's tools. */
export function changesIn(run: string, installations: Installations): string | undefined {
  const { pipelines } = readShell(withTools(run, installations));
  return pipelines
    .flat()
    .map(changeIn)
    .find((change) => change !== undefined);
}

/** Every mistake in one command but for what it calls by another name than a setup does. @param values what its places can be */
export function checkCommand(
  { run, changes }: Pick<Use, 'run' | 'changes'>,
  values: Values,
  installations: Installations,
): string[] {
  const { pipelines, variables, unread } = readShell(withTools(run, installations));
  const reasons = unread.map((what) => `has ${what}`);
  // What was made from an open value is empty as well: `rm "$D/x"` would mean the host's own file.
  for (const { name, guarded } of changes ? variables : []) {
    if (!guarded) reasons.push(`uses $${name}: in a step that changes something write \${${name}:?}`);
  }
  reasons.push(...checkPlacesIn(run, values, installations), ...checkEvaluated(run, values, installations));
  // A value of the setup is never empty.
  const open = (words: readonly Word[]) =>
    words.flatMap((word) => word.places).filter(({ name }) => name in values && !values[name]?.usual);
  for (const pipeline of pipelines) {
    for (const command of pipeline) {
      if (changes) {
        // An empty value stops the substitution only: the command outside goes on with nothing.
        for (const place of open(command.words).filter(({ depth }) => depth > command.depth))
          reasons.push(
            `${said(place)} stands inside $( … ): put that into a variable first, X=$( … ), and use \${X:?}`,
          );
        continue;
      }
      const change = changeIn(command);
      if (change) reasons.push(`runs \`${change}\`, and the step does not say \`changes: true\``);
      for (const place of open(startedBy(command)))
        reasons.push(`${said(place)} is run as a program, and the step does not say \`changes: true\``);
    }
  }
  return [...new Set(reasons)];
}

const said = (place: Place) => `{${place.name}}`;

/** Names that nobody knows, and places in quotes. */
function checkPlacesIn(run: string, values: Values, { variables }: Installations): string[] {
  return readShell(run).places.flatMap((place) => {
    const { name, quotes } = place;
    const value = values[name];
    if (value) {
      if (quotes !== "'" || value.usual) return [];
      return [`${said(place)} stands in single quotes, where no variable is expanded`];
    }
    const variable = variables.find(({ id }) => id === name);
    // In single quotes `{name}` may be awk's.
    if (!variable) return quotes === "'" ? [] : [`${said(place)} is no variable of variables.yaml, nor under values`];
    if (quotes === '' || isPlain(variable, variables)) return [];
    return [
      `${said(place)} stands in quotes: a value of the setup brings its own, write ${said(place)} outside of them`,
    ];
  });
}

/** True for what needs no quotes, whatever it is: a name, a number. */
function isPlain(variable: Variable, variables: readonly Variable[]): boolean {
  const one = 'either' in variable ? variables.find(({ id }) => id === variable.either.server) : variable;
  return one !== undefined && 'kind' in one && (one.kind === 'name' || one.kind === 'number');
}

/** Places that a second program reads as a language of its own, where a log or a reader can say what stands there. */
function checkEvaluated(run: string, values: Values, installations: Installations): string[] {
  const { variables } = installations;
  const kindOf = (name: string) => {
    const variable = variables.find(({ id }) => id === name);
    return variable && 'either' in variable ? 'path' : variable?.kind;
  };
  const isOpen = ({ name }: Place) => {
    const value = values[name];
    if (value) return !value.usual;
    const variable = variables.find(({ id }) => id === name);
    return variable !== undefined && !isPlain(variable, variables);
  };
  const isPath = ({ name }: Place) => (values[name]?.kind ?? kindOf(name)) === 'path';
  const reasons: string[] = [];
  for (const pipeline of readShell(withTools(run, installations)).pipelines) {
    for (const [i, command] of pipeline.entries()) {
      const { words, by, input } = evaluated(command, isPath);
      const earlier = input ? pipeline.slice(0, i).flatMap((one) => one.words) : [];
      for (const place of [...words, ...earlier].flatMap((word) => word.places).filter(isOpen))
        reasons.push(`${said(place)} is read by ${by} as a language of its own: pass it as an argument`);
    }
  }
  return reasons;
}

/** Paths and tools of the source build that stand in a command as they are: there is a variable for each. */
function literalsIn(run: string, installations: Installations): string[] {
  const source = valuesOf(installations);
  const found: { text: string; id: string }[] = [];
  for (const variable of installations.variables) {
    if ('either' in variable) continue;
    const { id, kind, folderOf, literals } = variable;
    // A folder may be of many programs, as /var/log is.
    const path = kind === 'path' && !folderOf ? source.of(id)?.value : undefined;
    for (const text of path === undefined ? literals : [path, ...literals])
      if (stands(run, text)) found.push({ text, id });
  }
  // The longest says it: /var/log/yule/yule_log, and not its folder as well.
  return found
    .filter(({ text }) => !found.some((other) => other.text !== text && other.text.startsWith(text)))
    .map(({ text, id }) => `has ${text}, which other systems have elsewhere or not at all: write {${id}}`);
}

/** `/srv/x/etc/yulerc` is no /etc/yulerc; `yule start --option` is what a service manager cannot say. */
function stands(run: string, text: string): boolean {
  for (let at = run.indexOf(text); at >= 0; at = run.indexOf(text, at + 1)) {
    const before = run[at - 1] ?? ' ';
    const after = run.slice(at + text.length);
    if (/[\w}.-]/.test(before)) continue;
    // /var/log/yule.html is not in /var/log/yule.
    if (/\/[a-z]+$/.test(text) && /^\.[a-z]/.test(after)) continue;
    if (/\w$/.test(text) && /^(?:[A-Za-z0-9_]| --)/.test(after) && !text.startsWith('ss ')) continue;
    return true;
  }
  return false;
}

/** Name of the program, without its folder. */
const nameOf = (word: Word | undefined): string => word?.text.split('/').at(-1) ?? '';

const SHELLS = /^(?:ba|da|z|k|a|c|tc)?sh$/;
/** They read all of their words, or put them together for a shell. */
const READERS = /^(?:eval|ssh|source|\.|trap|alias|xargs|parallel|watch|at|batch|crontab|make|expect)$/;
const SWITCHERS = /^(?:su|runuser|sg|script)$/;
const LANGUAGES = /^(?:[gmn]?awk|sed|perl|python\d?|ruby|node|php|lua|expr|bc|dc|jq|ed|ex|vi)$/;
const DATABASES = /^(?:psql|mysql|mariadb|sqlite3)$/;
const COPIERS = /^(?:scp|rsync|sftp)$/;

/**
 * The words of a command that another program reads as a language, and whether it reads what a pipe brings as well.
 * Any word can be the name of that program: `find … -exec sh -c`, `sudo sh -c`, `env -S`.
 */
function evaluated(
  { words }: Command,
  isPath: (place: Place) => boolean,
): { words: Word[]; by: string; input: boolean } {
  const out = { words: [] as Word[], by: '', input: false };
  const add = (by: string, found: readonly Word[]) => {
    out.words.push(...found);
    if (found.some(({ places }) => places.length > 0)) out.by = by;
  };
  for (const [i, word] of words.entries()) {
    const name = nameOf(word);
    const rest = words.slice(i + 1);
    if (SHELLS.test(name)) {
      const { code, operand } = codeOf(rest, (text) => hasFlag(text, 'c'));
      add(name, [...code, ...(code.length === 0 && operand ? [operand] : [])]);
      if (code.length === 0 && !operand) Object.assign(out, { input: true, by: name });
    } else if (READERS.test(name)) {
      add(name, rest);
      if (name === 'xargs' || name === 'ssh' || name === 'parallel') Object.assign(out, { input: true, by: name });
    } else if (name === 'env') {
      if (rest.some(({ text }) => hasFlag(text, 'S') || text.startsWith('--split-string'))) add('env -S', rest);
    } else if (SWITCHERS.test(name)) {
      add(`${name} -c`, codeOf(upTo(rest, '--'), (text) => hasFlag(text, 'c') || text.startsWith('--command')).code);
    } else if (DATABASES.test(name)) {
      add(name, codeOf(rest, (text) => hasFlag(text, 'ce') || /^--(?:command|execute)/.test(text)).code);
    } else if (COPIERS.test(name)) {
      // A value with a colon in it is a remote path, whatever it was meant for.
      add(`the remote end of ${name}`, rest);
    } else if (name === 'printf' && i === 0) {
      add('printf', rest.slice(0, 1));
    } else if (LANGUAGES.test(name)) {
      add(name, programOf(rest, isPath));
    }
  }
  return out;
}

/** A group of short options, `-lc`, that holds one of these letters. */
function hasFlag(text: string, letters: string): boolean {
  return /^-[A-Za-z]+$/.test(text) && [...letters].some((letter) => text.includes(letter));
}

function upTo(words: readonly Word[], end: string): Word[] {
  const at = words.findIndex(({ text }) => text === end);
  return words.slice(0, at < 0 ? words.length : at);
}

/** The word behind an option that takes code, and the first word that is no option. */
function codeOf(words: readonly Word[], option: (text: string) => boolean): { code: Word[]; operand?: Word } {
  const at = words.findIndex(({ text }) => option(text));
  const operand = words.find(({ text }) => !text.startsWith('-'));
  if (at < 0) return { code: [], operand };
  const [found, next] = [words[at], words[at + 1]];
  return { code: [found, next].filter((word) => word !== undefined), operand };
}

/** The program of awk, sed and the like: what -e, -v, -F and -c bring, else the first word that is no option. */
function programOf(words: readonly Word[], isPath: (place: Place) => boolean): Word[] {
  const found: Word[] = [];
  let given = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as Word;
    if (hasFlag(word.text, 'evcF')) {
      found.push(word, words[++i] ?? word);
      given ||= hasFlag(word.text, 'ec');
    } else if (word.text === '-f') {
      given = true;
      i++;
    } else if (word.text.startsWith('-') && word.text.length > 1) {
      // -F'[=@]', --expression=…: what it brings is part of the word.
      found.push(word);
    } else if (!given) {
      given = true;
      found.push(word);
    }
    // awk takes `name=value` among its files for an assignment; a full path is none.
    else if (!word.places.every(isPath)) found.push(word);
  }
  return found;
}

/** A word that stands where a program's name is looked for: the first one, and the one behind `env -i`, `runuser -u yule --`. */
function startedBy({ words }: Command): Word[] {
  const found = words.slice(0, 1);
  for (const [i, word] of words.entries()) {
    const name = nameOf(word);
    if (!/^(?:env|nice|nohup|sudo|doas|timeout|setsid|exec|command|runuser)$/.test(name)) continue;
    const rest = words.slice(i + 1);
    const end = rest.findIndex(({ text }) => text === '--');
    const next = end >= 0 ? rest[end + 1] : rest.find(({ text }) => !text.startsWith('-'));
    if (next && (end >= 0 || name !== 'runuser')) found.push(next);
  }
  return found;
}

const CHANGERS =
  /^(?:rm|mv|cp|ln|chmod|chown|chgrp|mkdir|rmdir|touch|install|tee|truncate|dd|kill|pkill|killall|useradd|userdel|usermod|groupadd|mkfifo|mknod|scp|rsync)$/;
const VERBS = /^(?:start|stop|restart|reload|try-restart|enable|disable)$/;

/** The word that shows that a command changes something. */
function changeIn({ words, writes }: Command): string | undefined {
  const target = writes.find(({ text }) => text !== '/dev/null');
  if (target) return `> ${target.text}`;
  const texts = words.map(({ text }) => text);
  const at = words.findIndex((word) => CHANGERS.test(nameOf(word)));
  // As a word of another command it counts where that runs it: find -exec chmod, sudo rm.
  if (at === 0 || (at > 0 && /^(?:-exec|-execdir|--|sudo|doas|env|xargs|nohup)$/.test(texts[at - 1] ?? '')))
    return texts[at];
  if (texts.slice(1, 3).some((text) => VERBS.test(text)) && !/^(?:grep|echo|printf)$/.test(texts[0] ?? ''))
    return texts.slice(0, 3).join(' ');
  if (texts.some((text, i) => text === '-t' && /^(?:init|update)$/.test(texts[i + 1] ?? ''))) return `${texts[0]} -t …`;
  if (/^ip6?tables$/.test(texts[0] ?? '') && texts.some((text) => /^-[IADRFXP]$/.test(text))) return `${texts[0]} …`;
  if (texts[0] === 'sed' && texts.some((text) => hasFlag(text, 'i') || text.startsWith('-i'))) return 'sed -i';
  if (texts[0] === 'make') return 'make';
  return undefined;
}
