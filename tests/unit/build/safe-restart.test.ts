/** No command of the content ends a program the hard way, or reloads a yule that could not read its configuration. */
import { expect, test } from 'vitest';
import { usesOf } from '../../../src/build/knowledge/commands.ts';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';

const { problems } = loadKnowledge();

test.each(problems)('the commands of $id', (problem) => {
  for (const { run } of usesOf(problem)) {
    // SIGKILL after 16 seconds: a client that is stuck at the server does not answer SIGTERM in that time.
    expect(run).not.toMatch(/\bsamhain stop\b|\{(?:client_)?stop\}/);
    for (const line of run.split('\n'))
      if (/\{server_reload\}|kill -HUP/.test(line))
        expect(line).toMatch(/^\{as_(?:server_)?user\} test -r \{\w+\} && /);
  }
  // A start in the foreground is a start: it is no way to look at a program that runs.
  for (const { run } of problem.decide) expect(run ?? '').not.toMatch(/--foreground/);
});
