/** What a configuration is compared with: the other file, a name that an expression means, a client that a line names. */
import { expect, test } from 'vitest';
import { compileSettings } from '../../../src/build/knowledge/settings.ts';
import { createGrammar } from '../../../src/engine/config/grammar.ts';
import { judgeSettings } from '../../../src/engine/config/judge.ts';
import { readSettings } from '../../../src/engine/config/read.ts';
import { knowledge, rules } from '../diagnosis/judge.ts';

const grammar = createGrammar(compileSettings(knowledge));
const server = (text: string) => readSettings(text, grammar, ['server']);
const said = (text: string, others = [] as ReturnType<typeof server>[]) =>
  judgeSettings(server(text), rules, { others }).findings.map(({ line, rule, hosts }) =>
    [line, rule, ...(hosts ?? [])].join(' '),
  );
const secret = `9CBA51D56C2FA35E@${'0123456789ABCDEF'.repeat(16)}`;

test('a time limit has to be above the loop time of the clients: the same is not enough', () => {
  const loop = [readSettings('[Misc]\nSetLoopTime=60\n', grammar, ['client'])];
  const limit = (seconds: number) => said(`[Server]\nSetClientTimeLimit=${seconds}\n`, loop);
  expect(limit(59)).toContain('2 time-limit');
  expect(limit(60)).toContain('2 time-limit');
  expect(limit(61)).not.toContain('2 time-limit');
});

test('a block is for a client only if its expression means that one, and not anybody of the domain', () => {
  const block = (expression: string) =>
    said(`@${expression}\n[Clients]\nClient=b.example.net@${secret}\n@end\n`).filter((one) => one.includes('never'));
  expect(block('^b\\.example\\.net$')).toEqual(['1 condition-never-true b.example.net']);
  expect(block('^.*\\.example\\.net$')).toEqual([]);
});

test('a line names its client whether = or a blank stands before the name', () => {
  expect(said(`[Clients]\nClient b.example.net@${secret}\n`)).toEqual(['2 no-equals-sign b.example.net']);
  expect(said(`[Clients]\nClient=b.example.net@9CBA@${secret}\n`)).toEqual(['2 malformed-client b.example.net']);
});
