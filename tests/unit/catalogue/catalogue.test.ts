import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../src/engine/catalogue/template.ts';
import type { CatalogueEntry } from '../../../src/engine/index.ts';
import { createCatalogue } from '../../../src/engine/index.ts';
import { catalogue, entries, named, read, stamp } from './entries.ts';

type Style = 'plain' | 'xml';

const labels: Record<string, [string, string]> = {
  DEBUG: ['DEBUG  :', 'DEBG'],
  INFO: ['INFO   :', 'INFO'],
  NOTICE: ['NOTICE :', 'NOTE'],
  WARN: ['WARN   :', 'WARN'],
  MARK: ['MARK   :', 'MARK'],
  ERROR: ['ERROR  :', 'ERRO'],
  CRIT: ['CRIT   :', 'CRIT'],
  ALERT: ['ALERT  :', 'ALRT'],
  RECEIVED: ['<TCP>  :', 'RCVT'],
};

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A record as the program would print it for these values. */
function print(entry: CatalogueEntry, source: string, style: Style, value: (name: string) => string): string {
  const body = source
    .replace(/\{[^{}]*\}/g, (place) => {
      const name = place.slice(1, -1);
      if (name === 'details' && source.endsWith(place))
        return style === 'plain' ? 'mode_new=<-rw->, size_new=<1>' : 'mode_new="-rw-" size_new="1"';
      return style === 'plain' ? value(name) : escapeXml(value(name));
    })
    .replaceAll('\\r\\n', '\r\n');
  const [plain, xml] = labels[entry.severity] ?? ['', ''];
  return style === 'plain' ? `${plain}  [${stamp}] ${body}` : `<log sev="${xml}" tstamp="${stamp}" ${body} />`;
}

/** What tells two templates apart, beside severity: names and fixed letters. Some entries are the same there. */
function shape(style: Style, source: string): string {
  const { items, openEnd } = readTemplate(style, source);
  return JSON.stringify([
    openEnd,
    items.map(({ name, pattern }) => [name, pattern.folded.join('').replace(/[^a-z0-9>]/g, '')]),
  ]);
}

const forms = entries.flatMap((entry) =>
  entry.forms.flatMap((form) =>
    (['plain', 'xml'] as const).map((style) => ({
      entry,
      style,
      source: form[style],
      shape: `${entry.severity} ${shape(style, form[style])}`,
    })),
  ),
);
/** Records with items; not the wrapper of relayed ones, nor the mailed key, which spans lines. */
const records = forms.filter(
  ({ source }) => /\w=[<"]/.test(source) && !source.includes('{client_record}') && !source.includes('LOGKEY-----'),
);

describe('templates', () => {
  it('are all read', () => {
    for (const { source, style } of records) {
      const names = [...source.matchAll(style === 'plain' ? /(\w+)=</g : /(\w+)="/g)].map((match) => match[1]);
      expect(
        readTemplate(style, source).items.map(({ name }) => name),
        source,
      ).toEqual(names);
    }
  });

  it('are alike only where the catalogue has the same text twice', () => {
    const owners = new Map<string, Set<string>>();
    for (const { entry, style, shape } of records) {
      const key = `${style} ${shape}`;
      owners.set(key, (owners.get(key) ?? new Set()).add(entry.id));
    }
    const twins = [...owners.values()].filter((ids) => ids.size > 1).map((ids) => [...ids].sort().join(' '));
    expect([...new Set(twins)].sort()).toEqual([
      'MSG_EINVALL MSG_EINVALS',
      'MSG_FI_2LONG MSG_FI_2LONG2',
      'MSG_FI_OBSC MSG_FI_OBSC2',
    ]);
  });
});

/** File names as the program prints them: blanks and quotes escaped, `<`, `>` and `&` not. */
const path = fc.string({
  unit: fc.constantFrom('/', 'a', 'b', '1', '.', '-', '>', '<', '=', '&', '\\ ', '\\"', '\\n', '\\303\\244', "'", ','),
  minLength: 1,
  maxLength: 24,
});
const word = fc.string({
  unit: fc.constantFrom('a', 'b', 'z', '0', '9', '-', ':', '(', ')'),
  minLength: 1,
  maxLength: 12,
});

/** A value that the message can have in this place. */
function allowed({ takes, texts }: CatalogueEntry, name: string, any: string): string {
  const rule = takes?.[name];
  if (rule === undefined) return any;
  if (typeof rule !== 'string') return rule[any.length % rule.length] ?? '';
  if (rule === 'texts') return texts[any.length % texts.length]?.text?.replaceAll(/\{[^{}]*\}/g, 'x') ?? '';
  const values = {
    number: String(any.length),
    path: `/${any}`,
    tag: '[ReadOnly]',
    rights: '-rw-r--r--',
    marks: 'C-------TS',
  };
  return values[rule];
}

describe('identify', () => {
  it.each(records)('$entry.id $style', ({ entry, style, source, shape }) => {
    const twins = new Set(
      records.filter((other) => other.style === style && other.shape === shape).map((other) => other.entry.id),
    );
    const template = readTemplate(style, source);
    const inMessage = new Set(template.items.find((item) => item.key === 'msg')?.pattern.names ?? []);
    fc.assert(
      fc.property(
        fc.array(path, { minLength: 12, maxLength: 12 }),
        fc.array(word, { minLength: 12, maxLength: 12 }),
        (paths, words) => {
          let count = 0;
          const given: Record<string, string> = {};
          const line = print(entry, source, style, (name) => {
            const any = (inMessage.has(name) ? words : paths)[count++ % 12] ?? '';
            const value = allowed(entry, name, any);
            given[name] ??= value;
            return value;
          });
          const { findings, unrecognised } = read(line);
          expect(unrecognised).toEqual([]);
          expect(findings).toHaveLength(1);
          expect(twins).toContain(findings[0]?.message);
          // Where nothing but blanks or slashes stands between two values, nobody can tell where one ends.
          const clear = template.items.every(({ pattern }) =>
            pattern.texts.slice(1, -1).every((text) => /[\p{L}\p{N}[]/u.test(text)),
          );
          if (clear && findings[0]?.message === entry.id) {
            for (const [name, value] of Object.entries(given))
              expect(findings[0]?.values[name], `${name} of ${line}`).toBe(value);
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  it('knows the mailed key', () => {
    const text = (close: string) => `\r\n-----BEGIN LOGKEY-----\r\n${'A1'.repeat(24)}[${stamp}]${close}\r\n`;
    expect(named(`ALERT  :  [${stamp}] msg=<LOGKEY>, program=<Yule>, hash=<${'0F'.repeat(24)}>${text('')}`)).toEqual([
      'MSG_START_KEY_MAIL',
    ]);
    const xml = `<log sev="ALRT" tstamp="${stamp}" msg="LOGKEY" program="Yule" hash="${'0F'.repeat(24)}"${text(' />').replaceAll(/[[\]]/g, '')}`;
    expect(named(xml)).toEqual(['MSG_START_KEY_MAIL']);
    expect(named(`ALERT  :  [${stamp}] msg=<LOGKEY>, program=<Yule>, hash=<${'0F'.repeat(24)}>`)).toEqual([
      'MSG_START_KEY',
    ]);
  });

  it('does not mind case, white space and one strange item', () => {
    const line = `CRIT   :  [${stamp}] msg=<Invalid connection attempt: Not in client list>, client=<client1.example.net>`;
    const expected = ['MSG_TCP_BADCONN/not-in-client-list'];
    for (const text of [
      line,
      line.toUpperCase(),
      line.toLowerCase(),
      line.replace('attempt: ', 'attempt:  '),
      `${line}, more=<x>`,
    ]) {
      expect(named(text)).toEqual(expected);
    }
  });

  it('gives the values of both forms the same names', () => {
    const plain = read(`CRIT   :  [${stamp}] msg=<Requested file not found>, client=<c.example.net>, path=<(NULL)>`);
    const xml = read(
      `<log sev="CRIT" tstamp="${stamp}" msg="Requested file not found" host="c.example.net" path="(NULL)" />`,
    );
    expect(plain.findings[0]?.values).toEqual({ client: 'c.example.net', path: '(NULL)' });
    expect(xml.findings[0]?.values).toEqual(plain.findings[0]?.values);
  });

  it('gives no message to what only looks like a record', () => {
    expect(named(`CRIT   :  [${stamp}] msg=<No program of ours says so>, foo=<1>`)).toEqual(['undefined']);
    expect(named(`CRIT   :  [${stamp}] msg=<This one has seven words of it>`)).toEqual(['undefined']);
  });

  it('does not guess which message a short beginning is', () => {
    expect(named(`ERROR  :  [${stamp}] msg=<Invalid connec`)).toEqual(['undefined']);
    expect(named(`ERROR  :  [${stamp}] msg=<Invalid connection att`)).toEqual(['MSG_TCP_BADCONN']);
    expect(named(`ERROR  :  [${stamp}] msg=<Invalid connection attempt: Sess`)).toEqual([
      'MSG_TCP_BADCONN/session-key-mismatch',
    ]);
  });
});

describe('texts', () => {
  const net = (text: string, subroutine = 'connect', service = 'export') =>
    named(
      `ERROR  :  [${stamp}] msg=<${text}>, subroutine=<${subroutine}>, service=<${service}>, host=<yule.example.net>`,
    )[0];

  it('tell the reason of a generic carrier', () => {
    expect(net('Connection refused, address yule.example.net')).toBe('MSG_E_NET/connection-refused');
    expect(net('Connection refused, address 127.0.0.1', 'connect', 'email')).not.toBe('MSG_E_NET/connection-refused');
    expect(net('The specified host is unknown: x', 'gethostbyname')).toBe('MSG_E_NET/host-unknown');
  });

  it('of another language still have their carrier', () => {
    for (const text of [
      'Verbindungsaufbau abgelehnt, address yule.example.net',
      'Connexion refusée, address y',
      'В соединении отказано, address y',
    ]) {
      expect(net(text)).toMatch(/^MSG_E_NET/);
    }
    expect(
      named(
        `ERROR  :  [${stamp}] msg=<Connection error: Die Wartezeit ist abgelaufen>, port=<3>, subroutine=<read_port>`,
      )[0],
    ).toMatch(/^MSG_TCP_NETRP/);
  });

  it('that are nothing but a placeholder are told by their tests alone', () => {
    const entry = {
      ...(entries[0] as CatalogueEntry),
      id: 'MSG_X',
      forms: [{ plain: 'msg=<{text}>, subroutine=<{subroutine}>', xml: '' }],
    };
    const own = createCatalogue([
      {
        ...entry,
        texts: [
          { id: 'any', text: '{strerror text}', harmless: [] },
          { id: 'bind', where: { subroutine: 'bind' }, text: '{strerror text}', harmless: [] },
        ],
      },
    ]);
    const text = (subroutine: string) => {
      const body = `msg=<Permission denied>, subroutine=<${subroutine}>`;
      const fields = [
        { name: 'msg', value: 'Permission denied' },
        { name: 'subroutine', value: subroutine },
      ];
      return own.identify({ source: 0, line: 1, endLine: 1, sink: 'file', form: 'plain', body, fields }).text;
    };
    expect(text('bind')).toBe('bind');
    expect(text('connect')).toBeUndefined();
  });
});

describe('emergency lines', () => {
  it('are findings, too', () => {
    const { findings } = read('samhain[35]: exit on signal 11\nsamhain[36]: out of memory');
    expect(findings.map(({ message, values }) => [message, values.pid])).toEqual([
      ['MSG_EMERGENCY_SIGNAL', '35'],
      ['MSG_EMERGENCY_MEMORY', '36'],
    ]);
  });
});

describe('nearest', () => {
  it('finds messages by like words, typing errors included', () => {
    const first = (text: string) => catalogue.nearest(text, 3)[0];
    expect(first('Invalid conection atempt: Sesion key mismatch')).toMatchObject({
      message: 'MSG_TCP_BADCONN',
      text: 'session-key-mismatch',
    });
    expect(first('key session negotiation failed')?.message).toBe('MSG_TCP_NOAUTH');
    expect(first('why does my log say that the queue is full')?.message).toBe('MSG_QUEUE_FULL');
  });

  it('is sorted, bounded, and has nothing for nothing', () => {
    const near = catalogue.nearest('connection refused by server', 5);
    expect(near.length).toBeLessThanOrEqual(5);
    expect(near.map(({ score }) => score)).toEqual(near.map(({ score }) => score).sort((a, b) => b - a));
    expect(near.every(({ score }) => score > 0 && score <= 1)).toBe(true);
    expect(catalogue.nearest('', 5)).toEqual([]);
    expect(catalogue.nearest('§$%&', 5)).toEqual([]);
  });
});
