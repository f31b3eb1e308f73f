/**
 * Every command of the content with hostile values: filled as the page fills it, and the whole block run in a sandbox.
 * A value out of a log is somebody else's text; it may never become a command, whatever it holds.
 */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { usesOf } from '../../../src/build/knowledge/commands.ts';
import { renderCommand, shellQuote } from '../../../src/engine/diagnosis/commands.ts';
import { readShell } from '../../../src/engine/diagnosis/shell.ts';
import { commandValues, type Slot } from '../../../src/engine/diagnosis/values.ts';
import { valuesOf } from '../../../src/engine/setup.ts';
import { mark, openSandbox, type Script } from '../support/sandbox.ts';
import { knowledge, setup } from './judge.ts';

/** Each tries several ways out at once. */
const hostile = {
  'quotes and substitutions': `/x$(:>${mark})\`:>${mark}\`'; :>${mark}; '"; :>${mark}; "$(:>${mark})`,
  'new lines and ends of commands': `a\n:>${mark}\n; :>${mark} | :>${mark} && :>${mark} &`,
  'an option, and programs of awk and sed': `-e system(":>${mark}") {system(":>${mark}")} /x/e :>${mark}`,
  'patterns, arithmetic, redirection': `* ? [a-z] ~ ! # % \\ $((1)) \${x:-$(:>${mark})} > ${mark}`,
  '4 KB': `${'A'.repeat(4096)}$(:>${mark})`,
};

/** A path that a reader may type: each way out that is left to it. */
const typed = `/x$(:>${mark})\`:>${mark}\`'; :>${mark}; '"; :>${mark}; "$(:>${mark})`;

interface Filled extends Script {
  changes: boolean;
  body: string;
}

/** All commands of all problems, with one value in every place that a log or a reader can fill; undefined leaves them open. */
function filled(value: string | undefined, values = setup): Filled[] {
  return knowledge.problems.flatMap((problem) => {
    return usesOf(problem).map(({ run, changes, field }): Filled => {
      const slots: Record<string, Slot> = {};
      for (const [name, slot] of Object.entries(commandValues(problem, { changes, side: 'client' }, values))) {
        slots[name] = slot.fixed ? slot : { ...slot, value };
      }
      const command = renderCommand(run, { slots, setup: values, side: 'client' }, changes);
      // Beside a place that is left open stands what the log names; a click puts that line in.
      return { name: `${problem.id} ${field}`, text: command.text, body: command.body, changes };
    });
  });
}

const programs = [
  ...new Set(
    filled('').flatMap(({ text }) =>
      readShell(text).pipelines.flatMap((pipeline) => pipeline.flatMap(({ words }) => words.map((word) => word.text))),
    ),
  ),
].filter((word) => /^[a-z][\w.-]{0,30}$/.test(word));

const sandbox = openSandbox(programs);
const shells = ['sh', 'bash'].filter((shell) => spawnSync(shell, ['-c', ':']).status === 0);

/** Those that hold the value at all, each text once: of a hundred problems many are fixed by the same command. */
function holding(scripts: readonly Filled[], known: ReadonlySet<string> = new Set()): Filled[] {
  const texts = new Map(scripts.filter(({ text }) => text.includes(mark)).map((one) => [one.text, one]));
  return [...texts.values()].filter(({ text }) => !known.has(text));
}

describe.runIf(sandbox)('in a sandbox that was proved', () => {
  describe.each(shells)('%s', (shell) => {
    /** What was run with the values of another setup. */
    const ran = new Set<string>();

    test.each(Object.entries(hostile))('no block runs a value: %s', (_, value) => {
      const scripts = holding(filled(value));
      expect(scripts.length).toBeGreaterThan(50);
      const traces = sandbox?.(scripts, shell) ?? [];
      expect(traces).toHaveLength(scripts.length);
      expect(scripts.filter((_, i) => traces[i]?.owned).map(({ name }) => name)).toEqual([]);
    });

    test.each(knowledge.setups)('no block runs a value that a reader typed: $id', ({ id }) => {
      const own = Object.fromEntries(knowledge.variables.map(({ id: name }) => [name, typed]));
      const all = filled('/plain', valuesOf(knowledge, { setup: id, own }));
      expect(holding(all).length).toBeGreaterThan(20);
      const scripts = holding(all, ran);
      for (const { text } of scripts) ran.add(text);
      const traces = scripts.length > 0 ? (sandbox?.(scripts, shell) ?? []) : [];
      expect(traces).toHaveLength(scripts.length);
      expect(scripts.filter((_, i) => traces[i]?.owned).map(({ name }) => name)).toEqual([]);
    });

    test('a value that is left open stops what changes something', () => {
      const scripts = filled(undefined).filter(({ changes, text }) => changes && /^my_\w+=''$/m.test(text));
      expect(scripts.length).toBeGreaterThan(5);
      const traces = sandbox?.(scripts, shell) ?? [];
      // Without it a command would mean the host's own file: `chown root ''`, `touch /.t`.
      const loose = scripts.flatMap(({ name }, i) =>
        (traces[i]?.calls ?? [])
          .filter(
            ([program, ...words]) =>
              /^(?:rm|mv|cp|ch\w+|mkdir|touch|install|scp|ln|iptables|kill)$/.test(program ?? '') &&
              words.some((word) => word === '' || /^\/?\.?[\w.]{0,2}$/.test(word)),
          )
          .map((call) => `${name}: ${call.join(' ')}`),
      );
      expect(loose).toEqual([]);
    });
  });
});

// Where no sandbox can be made this is what is left; it is run everywhere, for it is quick.
describe('as text', () => {
  test('the value stands in its assignment, quoted, and nowhere else', () => {
    const plain = filled('/plain');
    for (const value of Object.values(hostile)) {
      filled(value).forEach(({ name, text, body }, i) => {
        expect(body, name).toBe(plain[i]?.body);
        const above = text
          .slice(0, text.length - body.length)
          .split('\n')
          .filter(Boolean);
        for (const line of above) expect(line.slice(line.indexOf('=') + 1), name).toBe(shellQuote(value));
      });
    }
  });

  test('a shell can read every block', () => {
    for (const value of [...Object.values(hostile), undefined]) {
      const { status, stderr } = spawnSync('sh', ['-n'], {
        input: filled(value)
          .map(({ text }) => text)
          .join('\n'),
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    }
  });

  test('what ran is said', () => {
    console.log(
      sandbox
        ? `Commands ran in a sandbox, in ${shells.join(' and ')}.`
        : 'No sandbox can be made here: commands were only read (sh -n), not run.',
    );
  });
});
