/** Records as tools export them: many in one JSON object, however deep. */
import { expect, test } from 'vitest';
import { mismatch, named, noKey } from '../catalogue/entries.ts';

const entry = (message: string) => ({ _source: { message } });

test('each entry of an export is read by itself, in a list within an object or several of them', () => {
  const both = ['MSG_TCP_NOAUTH', 'MSG_TCP_BADCONN/session-key-mismatch'];
  const hits = [entry(noKey), entry(mismatch)];
  expect(named(JSON.stringify({ took: 3, hits: { total: { value: 2 }, hits } }))).toEqual(both);
  expect(named(JSON.stringify({ first: { hits }, second: { hits } }))).toEqual([...both, ...both]);
  expect(named(JSON.stringify({ hits: [entry(noKey)] }))).toEqual(both.slice(0, 1));
  expect(named(JSON.stringify([noKey, 'sshd: Accepted publickey', mismatch]))).toEqual(both);
});
