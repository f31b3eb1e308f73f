/** A baseline that no server sent: the steps begin on the client, and name its file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allSteps, casesOf, type Result } from '../../../src/engine/diagnosis/index.ts';
import { reportOf } from '../../../src/report/model.ts';
import { textOf } from '../../../src/report/text.ts';
import { at, judge, knowledge, setup, verdicts } from './judge.ts';

const wild = join(import.meta.dirname, '..', '..', 'wild-kinds');

test.each(['second-init-start.log', 'second-init-then-check.log', 'block-alone-version.log'])('%s', (name) => {
  const { diagnoses, read } = judge(readFileSync(join(wild, name), 'utf8'));
  const [first] = diagnoses;
  expect(first?.problem).toBe('bad-database');
  const problem = knowledge.problems.find(({ id }) => id === first?.problem);
  if (!first || !problem) throw new Error('no diagnosis');
  const known = { diagnosis: first, findings: read.findings, asides: read.asides };
  const [start] = allSteps(problem, setup, known);
  expect(start).toMatchObject({ at: 'client', changes: false });
  expect(start?.commands[0]?.text).toContain('/var/lib/samhain/samhain_file');
  // Nothing was downloaded: nothing is to be done on the server, unless the reader finds that the server sends it.
  const [own, ...others] = casesOf(problem, setup, known);
  expect(own?.id).toBe('local');
  expect(own?.steps.map(({ at }) => at)).toEqual(['client']);
  expect(others.map(({ id }) => id)).toEqual(['served']);
  const elsewhere = allSteps(problem, setup, known).filter((step) => step.case !== 'served' && step.at !== 'client');
  expect(elsewhere).toEqual([]);
});

/** An explanation as a start prints it where PrintSeverity=none keeps all records back. */
const block = (text: string) =>
  `web5:~# samhain start\n\n---------   sh_dbIO.c  ---    561 ---------\n\n${text}\n\n${'-'.repeat(46)}\n`;

const unopened = (reason: string) =>
  `Could not open the local file signature database for reading because\nof the following error: ${reason} (errnum = -2059)\nIf this is a permission problem, you need to change file permissions\nto make the file readable for the effective UID: 0`;

test('no baseline yet: make it, once', () => {
  const { diagnoses } = judge(block(unopened('No such file or directory')));
  expect(verdicts({ diagnoses } as Result)).toEqual(['bad-database certain']);
  const [first] = diagnoses;
  const problem = knowledge.problems.find(({ id }) => id === 'bad-database');
  const reason = problem?.blocks[first?.blocks[0]?.block ?? -1]?.because;
  expect(reason).toMatch(/no baseline.*samhain -t init/);
});

test('a baseline that came from the server is looked for there, too', () => {
  const panic = at('10:00:02', 'ALERT', 'msg=<PANIC - No data in file>, path=<(null)>');
  const { diagnoses, read } = judge(`${at('10:00:01', 'INFO', 'msg=<Downloading database file>')}\n${panic}\n`);
  const [first] = diagnoses;
  const problem = knowledge.problems.find(({ id }) => id === 'bad-database');
  if (!first || !problem) throw new Error('no diagnosis');
  const known = { diagnosis: first, findings: read.findings, asides: read.asides };
  expect(casesOf(problem, setup, known).map(({ id }) => id)).toEqual(['served']);
  expect(allSteps(problem, setup, known).map(({ at }) => at)).toContain('server');
});

test.each([
  [unopened('Permission denied'), 'bad-database'],
  ['There is a corrupt record in the file signature database: (null)\nThe file path is missing.', 'bad-database'],
  [
    'The file signature database: (null) does not\ncontain any data, or the start-of-file marker is missing (unlikely,\nunless modified by hand).',
    'bad-database',
  ],
  [
    'The configuration file: /etc/samhainrc is untrusted, i.e. an\nuntrusted user owns or can write to some directory in the path.',
    'untrusted-path',
  ],
  [
    'The directory for temporary files: /srv/tmp is untrusted, i.e. an\nuntrusted user owns or can write to some directory in the path.',
    'untrusted-path',
  ],
  [
    'Gnupg directory /nonexistent/.gnupg for user nobody\ndoes not exist or is not accessible.\nPlease add the directory and put the keyring (pubring.gpg) there\nto verify the configuration file.',
    'config-signature',
  ],
  ['Gnupg directory /var/lib/yule/.gnupg\nis not owned by user yule.', 'config-signature'],
  [
    'User yule does not have a home directory.\nPlease add the home directory for this user to your system.',
    'config-signature',
  ],
  ['Configuration file is not signed.', 'config-signature'],
  ['Configuration file is signed, but the public key to verify the signature has expired.', 'config-signature'],
  [
    'The fingerprint of the signing key: A1B2\ndoes not match the compiled-in fingerprint: B2A1.\nTherefore the signature could not be verified.',
    'config-signature',
  ],
])('an explanation alone is explained: %s', (text, problem) => {
  expect(judge(block(text)).diagnoses.map(({ problem }) => problem)).toContain(problem);
});

test('an explanation that no problem knows is repeated, not hinted at', () => {
  const sources = [{ name: 'text', text: block('The frobnicator is out of frobs.') }];
  const { read, ...result } = judge(sources[0]?.text ?? '');
  expect(textOf(reportOf({ read, result, ...knowledge, setup }))).toContain('The frobnicator is out of frobs.');
});
