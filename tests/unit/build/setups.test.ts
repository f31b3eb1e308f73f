/** Variables and setups: what the schemas say in their examples, what a reader may type, and that a setup is whole. */
import { describe, expect, test } from 'vitest';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';
import { setupSchema, variableSchema } from '../../../src/content/schemas.ts';
import { fits, suggestSetup, valuesOf } from '../../../src/engine/setup.ts';

const knowledge = loadKnowledge();
const values = (setup: string, own: Record<string, string> = {}) => valuesOf(knowledge, { setup, own });
const variable = (id: string) => knowledge.variables.find((one) => one.id === id);

test('the examples of the schemas are such', () => {
  const one = { id: 'server_log', side: 'server', kind: 'path', title: 'Log' };
  expect(variableSchema.parse(one)).toMatchObject(one);
  const arch = { id: 'arch', title: 'Arch, from the AUR', about: 'systemctl', versions: '4.4.7', system: 'Linux' };
  const rest = { shell: 'sh', known: 'The PKGBUILD', values: { server_program: '/usr/bin/yule' } };
  expect(setupSchema.parse({ ...arch, ...rest })).toEqual({ ...arch, ...rest });
});

test('each setup has each variable, or says why not', () => {
  for (const { id } of knowledge.setups) {
    for (const { id: name } of knowledge.variables) {
      for (const side of ['client', 'server'] as const) {
        const value = values(id).of(name, side);
        expect(value?.text ?? value?.none, `${id}: ${name}`).toMatch(/./);
        expect(value?.text ?? '', `${id}: ${name}`).not.toMatch(/\{[a-z_]+\}/);
      }
    }
  }
});

test('what is made of another value follows it', () => {
  expect(values('freebsd').of('as_server_user')?.text).toBe('chroot -u yule -g yule -G yule /');
  expect(values('source', { server_log: '/data/my log/yule' }).of('server_lock')?.text).toBe(
    "'/data/my log/yule.lock'",
  );
  expect(values('source', { server_log: '/data/my log/yule' }).of('server_log_dir')?.value).toBe('/data/my log');
  expect(values('source', { server_user: 'daemon' }).of('as_server_user')).toMatchObject({
    text: 'runuser -u daemon --',
    own: true,
  });
  expect(values('debian').of('as_server_user')?.none).toContain('no yule');
});

describe('a typed value', () => {
  test.each([
    ['server_log', '/data/log/yule_log'],
    ['server_log', "/data/it's $(mine) `too`"],
    ['server_user', 'daemon'],
    ['port', '49778'],
  ])('is taken: %s %s', (name, value) => {
    expect(fits(variable(name), value)).toBe(true);
    const { text = '' } = values('source', { [name]: value }).of(name) ?? {};
    // One word, which no shell looks into.
    expect(text === value ? text : text.replaceAll("'\\''", '')).toMatch(/^[\w./-]+$|^'[^']*'$/);
  });

  test.each([
    ['server_log', 'yule_log'],
    ['server_log', '/var/../etc/shadow'],
    ['server_log', '/var/log/..'],
    ['server_log', '/a\nrm -rf /'],
    ['server_log', '/a!b'],
    ['server_log', `/${'a'.repeat(300)}`],
    ['server_user', 'yule; reboot'],
    ['server_user', '-u'],
    ['port', '49777 || reboot'],
    ['server_start', 'reboot'],
    ['server_lock', '/tmp/x'],
    ['nothing', '/tmp/x'],
  ])('is refused: %s %j', (name, value) => {
    expect(fits(variable(name), value)).toBe(false);
    expect(values('source', { [name]: value }).of(name)).toEqual(values('source').of(name));
  });
});

describe('a path that the lines name', () => {
  test('suggests the one setup that has it', () => {
    const named = ['/var/log/yule/yule_log', '/usr/local/etc/yulerc'];
    expect(suggestSetup(knowledge, 'source', named)).toMatchObject({ id: 'freebsd', path: '/usr/local/etc/yulerc' });
    expect(suggestSetup(knowledge, 'source', ['/etc/samhain/samhainrc'])?.id).toBe('debian');
  });

  test('suggests nothing if several have it, or if that setup is chosen', () => {
    expect(suggestSetup(knowledge, 'freebsd', ['/etc/yulerc', '/tmp/x'])).toBeUndefined();
    expect(suggestSetup(knowledge, 'freebsd', ['/usr/local/etc/yulerc'])).toBeUndefined();
  });
});
