/** Every command of the content, filled in every setup: nothing left open, and no tool that the system does not have. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { stepsIn } from '../../../src/build/knowledge/commands.ts';
import { filesBelow, readFrontmatter } from '../../../src/build/knowledge/files.ts';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';
import { commandBlocks } from '../../../src/build/knowledge/pages.ts';
import { renderCommand } from '../../../src/engine/diagnosis/commands.ts';
import { readShell } from '../../../src/engine/diagnosis/shell.ts';
import { commandValues } from '../../../src/engine/diagnosis/values.ts';
import { valuesOf } from '../../../src/engine/setup.ts';
import type { Side } from '../../../src/engine/types.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const knowledge = loadKnowledge();
const { problems, questions, setups } = knowledge;

interface Told {
  where: string;
  run: string;
  changes: boolean;
  side?: Side;
  problem?: (typeof problems)[number];
}

/** Of problems, of questions, of the texts of pages. */
const commands: Told[] = [
  ...problems.flatMap((problem) =>
    [...stepsIn(problem).map(({ step }) => step), ...problem.decide].flatMap((step, i): Told[] => {
      const { run } = step;
      const on = 'at' in step ? step.at : 'on' in step ? step.on : undefined;
      const changes = 'changes' in step && step.changes;
      const sides = on === 'client' || on === 'server' ? [on] : (['client', 'server'] as const);
      return run === undefined
        ? []
        : sides.map((side) => ({ where: `${problem.id} ${i + 1}`, run, changes, side, problem }));
    }),
  ),
  ...questions.flatMap(({ id, run }) => (run === undefined ? [] : [{ where: id, run, changes: false }])),
  ...['problems', 'guides'].flatMap((folder) =>
    filesBelow(join(project, 'src', 'content', folder), '.mdx').flatMap((path) => {
      const page = readFrontmatter(project, path);
      return commandBlocks(page).map(({ text, line }) => ({
        where: `${page.file}:${line}`,
        run: text,
        changes: false,
      }));
    }),
  ),
];

function filled(id: string) {
  const setup = valuesOf(knowledge, { setup: id, own: {} });
  return commands.map(({ where, run, changes, side, problem }) => {
    const slots = problem ? commandValues(problem, { changes, ...(side ? { side } : {}) }, setup) : {};
    return { where, ...renderCommand(run, { slots, setup, ...(side ? { side } : {}) }, changes) };
  });
}

/** Tools, options and paths of Linux that FreeBSD does not have, or that mean something else there. */
const linuxOnly =
  /\b(?:ss|runuser|namei|findmnt|iptables|journalctl|systemctl|useradd|usermod|lsof) |\bip (?:-4|addr|route)|\bstat -c|\bsed -i |root:root|\/proc\/|\bps (?:-o \S+ )?-C|\bpgrep -a|getent ahosts|--time-style|--max-depth|last -x|-i any|bash -c|\/dev\/tcp|script -qc/;
const freebsdOnly = /(?<![\w.-])(?:sockstat|procstat|service) |\bchroot -u|\bstat -f|\bls -\w*T\b|\/usr\/local\/etc/;

describe.each(setups)('$id', ({ id, system }) => {
  const all = filled(id);

  test('fills every command, or says why it has none', () => {
    expect(all.length).toBeGreaterThan(400);
    for (const { where, text, none } of all) {
      if (none !== undefined) {
        expect([text, none.length > 20], where).toEqual(['', true]);
        continue;
      }
      // What is left in single quotes is awk's.
      const left = readShell(text).places.filter(({ quotes }) => quotes !== "'");
      expect(left, `${where}: ${text}`).toEqual([]);
    }
  });

  test('needs no tool of another system', () => {
    const foreign = system === 'FreeBSD' ? linuxOnly : freebsdOnly;
    expect(all.filter(({ text }) => foreign.test(text)).map(({ where, text }) => `${where}: ${text}`)).toEqual([]);
  });

  test('leaves the reader with something to do', () => {
    const has = all.filter(({ none }) => none === undefined).length;
    // Debian's package has no server, and most of the commands are run there.
    expect(has / all.length).toBeGreaterThan(id === 'debian' ? 0.3 : 0.85);
  });
});

test('the source build has a command everywhere', () => {
  expect(filled('source').filter(({ none }) => none !== undefined)).toEqual([]);
});
