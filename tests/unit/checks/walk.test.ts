/** The page to walk: outputs of real commands at their steps, where the way breaks, and what is not asked again. */
import { describe, expect, test } from 'vitest';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';
import { valuesIn } from '../../../src/engine/checks/recognise.ts';
import { type WalkOutput, walkStates, walkSums } from '../../../src/engine/checks/walk.ts';
import { valuesOf } from '../../../src/engine/setup.ts';

const knowledge = loadKnowledge();
const { walk, checks } = knowledge;
const values = valuesIn([], knowledge, valuesOf(knowledge), new Set());
const known = {
  client: { ...values.client, client: 'client1.example.net' },
  server: { ...values.server, client: 'client1.example.net' },
};
const states = (...outputs: WalkOutput[]) => walkStates(walk, checks, outputs, known);
const stateOf = (all: ReturnType<typeof states>, check: string) => all.find((one) => one.check === check);

describe('the walk', () => {
  test('has ten checks, and each of its outcomes is read from the output that the content shows of it', () => {
    expect(walk).toHaveLength(10);
    for (const step of walk) {
      const check = checks.find(({ id }) => id === step.check);
      for (const [state, ids] of [
        ['good', step.good],
        ['breaks', step.ifNot.flatMap(({ outcomes }) => outcomes)],
      ] as const) {
        for (const id of ids) {
          const shown = check?.outcomes.find((one) => one.id === id)?.shows ?? '';
          const [found] = states({ check: step.check, text: shown }).filter((one) => one.check === step.check);
          expect([id, found?.outcome?.id, found?.state]).toEqual([id, id, state]);
        }
      }
    }
  });

  test('breaks at a refused connection, and does not ask what that rules out', () => {
    const all = states({
      check: 'client.reach',
      text: 'root@client1:~# nc -vz -w 5 yule.example.net 49777\nnc: connect to yule.example.net (198.51.100.10) port 49777 (tcp) failed: Connection refused',
    });
    expect(stateOf(all, 'client.reach')).toMatchObject({ state: 'breaks', to: { problem: 'connection-refused' } });
    expect(stateOf(all, 'server.wrappers')).toEqual({ check: 'server.wrappers', state: 'out', by: ['client.reach'] });
    expect(stateOf(all, 'server.listening')?.state).toBe('open');
    expect(walkSums(all).proved).toEqual(['connection-refused']);
    expect(walkSums(all).excluded).toContain('refused-by-libwrap');
  });

  test('asks what one output rules out if another one points to it', () => {
    const shown = (check: string, outcome: string) => ({
      check,
      text: checks.find(({ id }) => id === check)?.outcomes.find(({ id }) => id === outcome)?.shows ?? '',
    });
    const [backlog, refused] = [shown('server.listening', 'yule-all-backlog'), shown('client.reach', 'refused')];
    // Between them they rule out both faults of the process, and one of them points to the first.
    expect(stateOf(states(backlog, refused), 'server.process')).toEqual({ check: 'server.process', state: 'open' });
  });

  test('no output is an answer, a strange one is none, and who may not look has shown nothing', () => {
    expect(stateOf(states({ check: 'server.refusals', text: '' }), 'server.refusals')?.state).toBe('good');
    expect(stateOf(states({ check: 'client.reach', text: 'hello' }), 'client.reach')?.state).toBe('unread');
    const denied = states({ check: 'server.refusals', text: 'grep: /var/log/yule/yule_log: Permission denied' });
    expect(stateOf(denied, 'server.refusals')?.state).toBe('unclear');
    expect(denied.filter(({ state }) => state === 'out')).toEqual([]);
  });
});
