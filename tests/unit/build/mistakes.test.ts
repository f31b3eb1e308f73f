/** A mistake in the content ends the build with file, field and reason. Each case changes one thing in a copy of the content. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ContentFault } from '../../../src/build/knowledge/files.ts';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';
import { impactWords } from '../../../src/report/impact.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const content = join(project, 'src', 'content');
let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'content-'));
  symlinkSync(join(project, 'tests'), join(root, 'tests'), 'junction');
  cpSync(content, join(root, 'src', 'content'), { recursive: true });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Change {
  /** Below src/content. */
  file: string;
  find: string | RegExp;
  put: string;
}

/** What the content is refused with after a change, if it is; the change is taken back. */
function faultAfter({ file, find, put }: Change): ContentFault | undefined {
  const path = join(root, 'src', 'content', file);
  const text = readFileSync(path, 'utf8');
  const changed = text.replace(find, () => put);
  if (changed === text) throw new Error(`${file} does not hold ${String(find)}; this case tests nothing.`);
  writeFileSync(path, changed);
  try {
    loadKnowledge(root);
  } catch (error) {
    if (error instanceof ContentFault) return error;
    throw error;
  } finally {
    writeFileSync(path, text);
  }
  return undefined;
}

/** The mistakes found after a change, as `file: field: reason`. */
const mistakesAfter = (change: Change): string[] =>
  faultAfter(change)?.mistakes.map((e) => `${e.file}: ${e.field}: ${e.reason}`) ?? [];

/** The `- id:` block of a question, whole. */
const question = (id: string) => new RegExp(`- id: ${id}\\n(?:(?!\\n- id: )[\\s\\S])*`);
const questions = readFileSync(join(content, 'questions.yaml'), 'utf8');

const cases: (Change & { name: string; found: string })[] = [
  {
    name: 'a message that reaches no step of a connection',
    file: 'messages/authentication.yaml',
    find: 'reaches: files',
    put: 'reaches: logging',
    found:
      'messages/authentication.yaml: MSG_TCP_AUTH: reaches: logging is no step of a connection: connect, client-name, authentication, files, client-state',
  },
  {
    name: 'a problem that stops the last step, after which nothing can show its end',
    file: 'problems/queue-full.mdx',
    find: 'stops: false',
    put: 'stops: true',
    found:
      'problems/queue-full.mdx: queue-full: stops: no step of a connection comes after client-state: nothing could show the end',
  },
  {
    name: 'a warning that stops connections',
    file: 'problems/client-name-cross-check.mdx',
    find: 'step: client-name',
    put: 'step: client-name\nstops: true',
    found:
      'problems/client-name-cross-check.mdx: client-name-cross-check: stops: what stops a connection is no warning',
  },
  {
    name: 'an outcome that speaks of no problem',
    file: 'checks/server-port.yaml',
    find: 'proves: server-not-answering',
    put: 'proves: server-not-answerin',
    found:
      'checks/server-port.yaml: server.process: outcomes.stopped.proves: there is no problem server-not-answerin; did you mean server-not-answering?',
  },
  {
    name: 'an outcome that speaks of a side that there is not',
    file: 'checks/server-log.yaml',
    find: 'excludes: stale-lock@server',
    put: 'excludes: stale-lock@sever',
    found: 'server.lock: outcomes.own.excludes: there is no side sever; did you mean server?',
  },
  {
    name: 'an outcome that stands twice',
    file: 'checks/server-port.yaml',
    find: '- id: runs-as-root',
    put: '- id: runs',
    found: 'server.process: outcomes.runs.id: stands twice',
  },
  {
    name: 'a check on a side that is not that of its id',
    file: 'checks/client.yaml',
    find: 'on: client',
    put: 'on: server',
    found: 'client.server-lookup: on: does not fit the id client.server-lookup',
  },
  {
    name: 'a check whose command changes something without saying so',
    file: 'checks/server-port.yaml',
    find: "run: '{pgrep} yule'",
    put: 'run: pkill yule',
    found: 'server.pgrep: run: runs `pkill`, and the step does not say `changes: true`',
  },
  {
    name: 'a check that hands what a reader sets to a second shell',
    file: 'checks/client.yaml',
    find: `'</dev/tcp/"$1"/"$2"'' x {server} {port}`,
    put: "'</dev/tcp/{server}/{port}''",
    found: 'client.reach-bash: run: {server} stands in single quotes, where no variable is expanded',
  },
  {
    name: 'an outcome that an earlier one covers',
    file: 'checks/server-port.yaml',
    find: 'when: { has: [permission denied], status: 126 }',
    put: 'when: { status: 0, has: [permission denied] }',
    found: 'server.status: outcomes.not-permitted.when: is never reached: running above takes all that it takes',
  },
  {
    name: 'an outcome below one that takes everything',
    file: 'checks/server-port.yaml',
    find: /when: \{ any: \[\{ status: 0 \}.*/,
    put: 'when: otherwise',
    found: 'server.status: outcomes.not-root.when: is never reached: running above takes all that it takes',
  },
  {
    name: 'a case that the proven problem does not have',
    file: 'checks/server-port.yaml',
    find: 'case: loopback',
    put: 'case: lopback',
    found: 'server.listening: outcomes.yule-loopback.case: there is no case lopback; did you mean loopback?',
  },
  {
    name: 'a next check that there is not',
    file: 'checks/client.yaml',
    find: 'next: client.reach\n',
    put: 'next: client.reaches\n',
    found: 'outcomes.right.next: there is no check client.reaches; did you mean client.reach?',
  },
  {
    name: 'a part that no expression names',
    file: 'checks/server-port.yaml',
    find: 'queue: { min: 1 } }',
    put: 'queues: { min: 1 } }',
    found: 'outcomes.yule-all-backlog.when: there is no part queues; did you mean queue?',
  },
  {
    name: 'a place that nobody declares',
    file: 'checks/server-port.yaml',
    find: 'run: getent passwd {server_user}',
    put: 'run: getent passwd {server_usr}',
    found: 'server.user: run: {server_usr} is no variable of variables.yaml, nor under values',
  },
  {
    name: 'an outcome without an example of what it prints',
    file: 'checks/server-port.yaml',
    find: '      shows: rc=4\n      captured: false\n',
    put: '',
    found: 'server.status: outcomes.not-root.shows: is missing: only an output of nothing needs no example',
  },
  {
    name: 'outcomes together of which one does not exist',
    file: 'check-combinations.yaml',
    find: 'server.process=none',
    put: 'server.process=nothing',
    found: 'check-combinations.yaml: all: there is no outcome server.process=nothing',
  },
  {
    name: 'a set of consequences that there is not',
    file: 'problems/wrong-password.mdx',
    find: '- no-session-key',
    put: '- no-sesion-key',
    found: 'wrong-password: consequences.5: there is no set of records no-sesion-key; did you mean no-session-key?',
  },
  {
    name: 'a step of the verification that is ticked by lines without a name',
    file: 'problems/wrong-password.mdx',
    find: 'shows: [client-let-in]',
    put: 'shows: [client-let-inn]',
    found: 'shows: there is no recovery client-let-inn; did you mean client-let-in?',
  },
  {
    name: 'a line of an answer that nobody knows',
    file: 'questions.yaml',
    find: "line: 'samhain[925]: exit on signal 11'",
    put: 'line: it ended somehow',
    found: 'yule-start-other: answers.signal.line: is no line of samhain or yule that the catalogue knows',
  },
  {
    name: 'a ninth answer',
    file: 'questions.yaml',
    find: '    - id: session-key\n',
    put: '    - { id: eighth, label: x, next: nothing }\n    - { id: ninth, label: y, next: nothing }\n    - id: session-key\n',
    found: 'questions.yaml: start: answers: has more than 8',
  },
  {
    name: 'a log text that stands as markup in a page',
    file: 'problems/pid-file.mdx',
    find: '<Seen />\n',
    put: '<Seen />\n\nIt says msg=<x> in {path}.\n',
    found: 'problems/pid-file.mdx: pid-file: text: <x> in {path}. is markup in a page: put it in backticks',
  },
  {
    name: 'a sign that names no message',
    file: 'problems/wrong-password.mdx',
    find: 'message: MSG_TCP_BADCONN',
    put: 'message: MSG_TCP_BADCOM',
    found:
      'problems/wrong-password.mdx: wrong-password: signs.1.message: there is no message MSG_TCP_BADCOM; did you mean MSG_TCP_BADCONN?',
  },
  {
    name: 'a sign on a field that its message does not have',
    file: 'problems/wrong-password.mdx',
    find: 'text: session-key-mismatch',
    put: 'fields: { reasons: Session key mismatch }',
    found: 'wrong-password: signs.1.fields.reasons: MSG_TCP_BADCONN has no field reasons; did you mean reason?',
  },
  {
    name: 'a sign that describes a text which the catalogue names',
    file: 'problems/wrong-password.mdx',
    find: 'text: session-key-mismatch',
    put: 'fields: { reason: session key mismatch }',
    found: 'wrong-password: signs.1.fields: is what the text session-key-mismatch of MSG_TCP_BADCONN is',
  },
  {
    name: 'many values of a field that its message does not have',
    file: 'problems/stray-traffic.mdx',
    find: 'many: { field: client, values: 3',
    put: 'many: { field: name, values: 3',
    found: 'stray-traffic: signs.5.many: MSG_TCP_BADCONN has no field name',
  },
  {
    name: 'a case that a sign names and the problem does not have',
    file: 'problems/wrong-password.mdx',
    find: '    weight: proves\n',
    put: '    weight: proves\n    case: two-entrys\n',
    found: 'wrong-password: signs.1.case: there is no case two-entrys',
  },
  {
    name: 'a single case, without a test',
    file: 'problems/queue-full.mdx',
    find: '\nsteps:\n',
    put: '\ncases:\n  - { id: alone, title: One case, when: It prints nothing. }\nsteps:\n',
    found: 'queue-full: cases.alone: is the first case, and has no test that chooses it',
  },
  {
    name: 'a look-alike that is no problem',
    file: 'problems/wrong-password.mdx',
    find: '- problem: build-mismatch',
    put: '- problem: built-mismatch',
    found: 'wrong-password: similar.3.problem: there is no problem built-mismatch; did you mean build-mismatch?',
  },
  {
    name: 'a procedure that is no guide',
    file: 'problems/wrong-password.mdx',
    find: 'procedure: set-password',
    put: 'procedure: set-pasword',
    found: 'wrong-password: cases.never-set.steps.1.procedure: there is no guide set-pasword',
  },
  {
    name: 'a value in a command that is not declared',
    file: 'problems/wrong-password.mdx',
    find: "@%s\\n' {client}",
    put: "@%s\\n' {clients}",
    found: 'run: {clients} is no variable of variables.yaml',
  },
  {
    name: 'a value where a second program reads it',
    file: 'problems/pid-file.mdx',
    find: '{path_rights} {pidfile}',
    put: "sh -c 'ls -l {pidfile}'",
    found: 'problems/pid-file.mdx: pid-file: cases.link.test.run: {pidfile} stands in single quotes',
  },
  {
    name: 'a path in a step that other systems have elsewhere',
    file: 'problems/wrong-password.mdx',
    find: "grep 'Session key mismatch' {server_log} | tail -n 1",
    put: "grep 'Session key mismatch' /var/log/yule/yule_log | tail -n 1",
    found: 'run: has /var/log/yule/yule_log, which other systems have elsewhere or not at all: write {server_log}',
  },
  {
    name: 'one in a block of a page',
    file: 'guides/procedures/start-stop-reload.mdx',
    find: '```sh\n{server_stop}',
    put: '```sh\nyule stop',
    found:
      'start-stop-reload.mdx: command: has yule stop, which other systems have elsewhere or not at all: write {server_stop}',
  },
  {
    name: 'one in a question',
    file: 'questions.yaml',
    find: '{listening}',
    put: 'ss -ltnp',
    found: 'run: has ss -l, which other systems have elsewhere or not at all: write {listening}',
  },
  {
    name: 'a setup that gives a variable which does not exist',
    file: 'setups.yaml',
    find: '    server_program: /usr/bin/yule',
    put: '    server_programm: /usr/bin/yule',
    found: 'setups.yaml: arch: values.server_programm: there is no variable server_programm',
  },
  {
    name: 'a setup with a path that is none',
    file: 'setups.yaml',
    find: 'server_program: /usr/bin/yule',
    put: 'server_program: usr/bin/yule',
    found: 'arch: values.server_program: is not like a path',
  },
  {
    name: 'a command that changes something in a step that does not say so',
    file: 'problems/pid-file.mdx',
    find: '{path_rights} {pidfile}',
    put: 'rm {pidfile}',
    found: 'cases.link.test.run: runs `rm`, and the step does not say `changes: true`',
  },
  {
    name: 'a step that does not exist',
    file: 'problems/disk-full.mdx',
    find: /\nstep: .*/,
    put: '\nstep: loging',
    found: 'problems/disk-full.mdx: disk-full: step: there is no step loging; did you mean logging?',
  },
  {
    name: 'an unknown field',
    file: 'problems/disk-full.mdx',
    find: '\nstep:',
    put: '\nsummery: typed wrong\nstep:',
    found: 'problems/disk-full.mdx: disk-full: entry: there is no field summery here; did you mean summary?',
  },
  {
    name: 'a missing field',
    file: 'problems/disk-full.mdx',
    find: /\nsummary: .*/,
    put: '',
    found: 'problems/disk-full.mdx: disk-full: summary: ',
  },
  {
    name: 'a page that does not say what the problem costs',
    file: 'problems/disk-full.mdx',
    find: /\nimpact:\n(?: .*\n)+/,
    put: '\n',
    found: 'problems/disk-full.mdx: disk-full: impact: ',
  },
  {
    name: 'one of the four answers missing',
    file: 'problems/disk-full.mdx',
    find: /\n {2}heals: .*/,
    put: '',
    found: 'problems/disk-full.mdx: disk-full: impact.heals: ',
  },
  {
    name: 'a captured run that is gone',
    file: 'problems/wrong-password.mdx',
    find: '- 03a-password-never-set',
    put: '- 03a-password-never-sat',
    found: 'wrong-password: captures: there is no folder tests/captures/03a-password-never-sat',
  },
  {
    name: 'an id that is not the name of the file',
    file: 'problems/disk-full.mdx',
    find: 'id: disk-full',
    put: 'id: full-disk',
    found: 'problems/disk-full.mdx: full-disk: id: must be the name of its file, disk-full',
  },
  {
    name: 'the same id twice',
    file: 'steps.yaml',
    find: /^(- id: )(\S+)([\s\S]*?\n- id: )\S+/m,
    put: '- id: twin\n  title: One\n  about: One\n- id: twin',
    found: 'steps.yaml: twin: id: stands twice',
  },
  {
    name: 'the same answer twice in a question',
    file: 'questions.yaml',
    find: '- id: no-connection',
    put: '- id: session-key',
    found: 'questions.yaml: start: answers.session-key.id: stands twice',
  },
  {
    name: 'a question that no answer leads to',
    file: 'questions.yaml',
    find: /$/,
    put: '\n- id: lonely\n  ask: Is anybody here?\n  how: Look.\n  answers:\n    - { id: a, label: A, problem: disk-full }\n    - { id: b, label: B, problem: chroot }\n  unknown: { problems: [chroot] }\n',
    found: 'questions.yaml: lonely: id: no answer leads to this question',
  },
  {
    name: 'a circle',
    file: 'questions.yaml',
    find: /next: server-lines/,
    put: 'next: start',
    found: 'questions.yaml: start: answers.server-complains: leads back to start: a circle',
  },
  {
    name: 'a circle over several questions',
    file: 'questions.yaml',
    find: question('name-entry'),
    put: (question('name-entry').exec(questions)?.[0] ?? '').replace(
      'problem: client-line-malformed',
      'next: server-reason',
    ),
    found: 'questions.yaml: name-entry: answers.broken: leads back to server-reason: a circle',
  },
  {
    name: 'an answer that leads nowhere',
    file: 'questions.yaml',
    find: /\n {6}next: server-lines/,
    put: '',
    found: 'questions.yaml: start: answers.server-complains: must lead to one question, one problem or one end',
  },
  {
    name: 'an answer that leads to two places',
    file: 'questions.yaml',
    find: '      next: server-lines',
    put: '      next: server-lines\n      problem: disk-full',
    found: 'questions.yaml: start: answers.server-complains: must lead to one question, one problem or one end',
  },
  {
    name: 'an answer to a question that is not there',
    file: 'questions.yaml',
    find: 'next: server-lines',
    put: 'next: server-line',
    found: 'questions.yaml: start: answers.server-complains: there is no question server-line',
  },
  {
    name: 'an unknown that leads nowhere',
    file: 'questions.yaml',
    find: /\n {2}unknown:\n {4}problems: \[second-instance, build-mismatch\]/,
    put: '\n  unknown: {}',
    found: 'unknown: leads nowhere',
  },
  {
    name: 'a fourth problem for who does not know',
    file: 'questions.yaml',
    find: 'problems: [file-not-served, download-interrupted, build-mismatch]',
    put: 'problems: [file-not-served, download-interrupted, build-mismatch, no-route]',
    found: 'questions.yaml: served: unknown.problems: has more than 3',
  },
  {
    name: 'an answer with the name of a way out',
    file: 'questions.yaml',
    find: '- id: password',
    put: '- id: none-of-these',
    found: 'server-reason: answers.none-of-these.id: is the name of a way out',
  },
  {
    name: 'a way to an end that is not there',
    file: 'questions.yaml',
    find: 'end: start-and-exit',
    put: 'end: start-and-exits',
    found: 'there is no end start-and-exits; did you mean start-and-exit?',
  },
  {
    name: 'an end that nothing leads to',
    file: 'questions.yaml',
    find: 'end: notices-at-the-start',
    put: 'end: routine-lines',
    found: 'ends.yaml: notices-at-the-start: id: no answer leads to this end',
  },
  {
    name: 'a question that ends a program without saying so',
    file: 'questions.yaml',
    find: '  stops: server\n',
    put: '',
    found: 'and the question does not say `stops`',
  },
  {
    name: 'a way that is too long',
    file: 'questions.yaml',
    find: /(?<=- id: yule-start-line\n(?:(?!\n- id: )[\s\S])*)end: start-and-exit/,
    put: 'next: wonder',
    found: 'start: answers: a way has 7 questions, and 6 are the most',
  },
  {
    name: 'a problem that no question reaches',
    file: 'questions.yaml',
    find: /queue-full/g,
    put: 'connection-lost',
    found: 'no way leads to the problem queue-full',
  },
  {
    name: 'a sample that its own entry does not match',
    file: 'samples.yaml',
    find: 'msg=<File check starting.>',
    put: 'msg=<New connection>, socket_id=<4>',
    found: 'samples.yaml: MSG_CHECK_2: line: is recognised as MSG_TCP_CNEW',
  },
  {
    name: 'a sample of a version that its message does not name',
    file: 'samples.yaml',
    find: /(?<=- message: MSG_CHECK_2\n(?:(?!\n- message: )[\s\S])*\n {4}- )4\.2\.0/,
    put: '2.6.2',
    found: 'samples.yaml: versions: MSG_CHECK_2 was seen on 2.6.2, which it does not name',
  },
  {
    name: 'a template that no longer matches its samples',
    file: 'messages/authentication.yaml',
    find: /msg=<Session key negotiation failed>/g,
    put: 'msg=<Session key negotiation failed badly>',
    found: 'samples.yaml: MSG_TCP_NOAUTH: line: is recognised as',
  },
  {
    name: 'a field of a template that is not explained',
    file: 'messages/generic.yaml',
    find: '\n    subroutine: the part of the program that reports it',
    put: '',
    found: 'messages/generic.yaml: MSG_E_SUBGEN: fields.subroutine: has no explanation',
  },
  {
    name: 'a secret in a field that its message does not have',
    file: 'messages/authentication.yaml',
    find: 'secrets: [salt, verifier]',
    put: 'secrets: [salt, verifiers]',
    found: 'messages/authentication.yaml: MSG_TCP_CREG: secrets: there is no field verifiers',
  },
  {
    name: 'a text that is known by a field that its message does not have',
    file: 'messages/generic.yaml',
    find: 'where: {',
    put: 'where: { subrutine: x, ',
    found: '.where: MSG_E_SUBGEN has no field subrutine',
  },
  {
    name: 'a value out of a field that no sign has',
    file: 'problems/pid-file.mdx',
    find: 'fields: [path',
    put: 'fields: [pathe',
    found: 'pid-file: values.pidfile.fields: no message of its signs has a field pathe',
  },
  {
    name: 'a harmless line beside a message that does not exist',
    file: 'messages/process.yaml',
    find: 'without: [{ message: MSG_TCP_FBAD',
    put: 'without: [{ message: MSG_TCP_FBED',
    found:
      'MSG_EXIT_NORMAL: harmless.with/without.message: there is no message MSG_TCP_FBED; did you mean MSG_TCP_FBAD?',
  },
  {
    name: 'a severity that samhain does not have',
    file: 'messages/generic.yaml',
    find: /alsoSeverity: \[\w+/,
    put: 'alsoSeverity: [NOTIZ',
    found: 'alsoSeverity',
  },
  {
    name: 'a page without its fix',
    file: 'problems/pid-file.mdx',
    find: '<Fix />',
    put: '',
    found: 'problems/pid-file.mdx: pid-file: <Fix />: is missing',
  },
  {
    name: 'a component that does not exist',
    file: 'problems/pid-file.mdx',
    find: '<Seen />',
    put: '<Seen />\n\n<Sean />',
    found: 'problems/pid-file.mdx: pid-file: <Sean />: there is no such component',
  },
  {
    name: 'an option that the reader of configurations does not know',
    file: 'settings.yaml',
    find: '{ name: Client,',
    put: '{ name: Klient,',
    found: 'options.yaml: client: name: settings.yaml does not have it',
  },
  {
    name: 'a case that the problem of a rule does not have',
    file: 'rules.yaml',
    find: 'case: cut-line',
    put: 'case: cut-lines',
    found: 'there is no case cut-lines',
  },
  {
    name: 'an option of a rule that there is not',
    file: 'rules.yaml',
    find: 'option: SetServerPort',
    put: 'option: SetServerPorts',
    found: 'there is no option SetServerPorts',
  },
  {
    name: 'broken YAML in a list',
    file: 'options.yaml',
    find: /^- id: /m,
    put: '- id: [broken\n  ',
    found: 'src/content/options.yaml: YAML: ',
  },
  {
    name: 'broken YAML in frontmatter',
    file: 'guides/client-state.mdx',
    find: /\ntitle: /,
    put: '\ntitle: "open\ntitle: ',
    found: 'src/content/guides/client-state.mdx: YAML: ',
  },
  {
    name: 'frontmatter that is not closed',
    file: 'guides/client-state.mdx',
    find: /^---\n/,
    put: '',
    found: 'src/content/guides/client-state.mdx: frontmatter: must stand between two lines of ---',
  },
];

describe('content', () => {
  test('as it stands has no mistake, and a copy of it has none either', () => {
    const knowledge = loadKnowledge();
    expect(knowledge.problems.length).toBeGreaterThanOrEqual(49);
    expect(mistakesAfter({ file: 'steps.yaml', find: /$/, put: '\n' })).toEqual([]);
  });

  test.each(cases)('$name is named with file, field and reason', (one) => {
    const mistakes = mistakesAfter(one);
    expect(
      mistakes.some((mistake) => mistake.includes(one.found)),
      mistakes.join('\n') || 'no mistake was found',
    ).toBe(true);
  });

  test('several mistakes are named at once, each with its line', () => {
    const twice = { file: 'questions.yaml', find: /problem: disk-full/g, put: 'problem: disc-full' };
    const mistakes = mistakesAfter(twice);
    expect(mistakes.filter((mistake) => mistake.includes('there is no problem disc-full')).length).toBeGreaterThan(1);
    expect(String(faultAfter(twice))).toMatch(
      /\d+ mistakes in the content:\n {2}src\/content\/questions\.yaml:\d+: \S+: answers\.\S+: there is no problem disc-full/,
    );
  });
});

describe('what a problem costs', () => {
  const { problems } = loadKnowledge();

  test('each answer is one short sentence or two, with its numbers as prose has them', () => {
    const long = problems.flatMap(({ id, impact }) =>
      impactWords(impact)
        .flatMap(({ answers }) => answers)
        .filter(({ say }) => say.length > 90 || !say.endsWith('.') || /\d{4}/.test(say))
        .map(({ say }) => `${id}: ${say}`),
    );
    expect(long).toEqual([]);
  });
});
