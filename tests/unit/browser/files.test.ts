/** Files are read as text, packed ones unpacked; what cannot be read is named, what is too large is read in part. */
import { gzipSync, inflateRawSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { readFile } from '../../../src/browser/workbench/files.ts';
import { addFiles } from '../../../src/browser/workbench/held-files.ts';
import type { Source } from '../../../src/engine/types.ts';
import { archiveDamaged, failureText } from '../../../src/report/failures.ts';
import { content, knowledge } from '../diagnosis/judge.ts';

const { messages, problems } = knowledge;
const rules = () => ({ ...content, messages, problems });

async function readFiles(
  files: readonly File[],
  signal?: AbortSignal,
): Promise<{ sources: Source[]; refused: string[] }> {
  const sources: Source[] = [];
  const refused: string[] = [];
  for (const file of files) {
    const one = await readFile(file, { rules, ...(signal ? { signal } : {}) });
    sources.push(one.source);
    if (one.refused) refused.push(one.refused);
  }
  return { sources, refused };
}

const mega = 1024 * 1024;

describe('files', () => {
  test('are read in their order, packed ones unpacked', async () => {
    const { sources, refused } = await readFiles([
      new File(['one\n'], 'client.log'),
      new File([gzipSync('zwei\n')], 'yule_log.1.gz'),
      new File([''], 'empty.log'),
    ]);
    expect(sources).toEqual([
      { name: 'client.log', text: 'one\n', toEnd: true },
      { name: 'yule_log.1.gz', text: 'zwei\n', toEnd: true },
      { name: 'empty.log', text: '', toEnd: true },
    ]);
    expect(refused).toEqual([]);
  });

  test('end where the file does, and of a part of one that is known of nothing', async () => {
    const file = new File(['one\ntwo\nthree'], 'yule_log');
    const window = { from: 0, to: 1 };
    const toEnd = async (end: number) => {
      const again = { window, slice: { at: 0, end, line: 1, lines: 3, bytes: file.size } };
      return (await readFile(file, { rules, again })).source.toEnd;
    };
    expect([await toEnd(8), await toEnd(file.size)]).toEqual([undefined, true]);
  });

  test('are known as archives by their bytes, not their names; what cannot be unpacked here is named with its command', async () => {
    const bytes = (...start: number[]) => new File([new Uint8Array([...start, ...Array(40).fill(7)])], 'log.1');
    const { sources, refused } = await readFiles([
      new File(['unpacked on its way\n'], 'a.gz'),
      new File([gzipSync('half of it').subarray(0, 10)], 'b.GZ'),
      new File([gzipSync('packed')], 'c.log'),
      bytes(0x28, 0xb5, 0x2f, 0xfd),
      bytes(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0),
      bytes(...Buffer.from('BZh91AY&SY')),
      bytes(...Buffer.from('PK\u0003\u0004')),
      new File(['BZh is how it begins, PK\n'], 'd.log'),
    ]);
    expect(sources.map(({ text, part }) => (part?.unreadable ? undefined : text))).toEqual([
      'unpacked on its way\n',
      undefined,
      'packed',
      undefined,
      undefined,
      undefined,
      undefined,
      'BZh is how it begins, PK\n',
    ]);
    expect(refused).toHaveLength(5);
    expect(refused[0]).toBe(failureText(archiveDamaged, { file: 'b.GZ' }));
    for (const [i, command] of ['zstd -dc', 'xz -dc', 'bzip2 -dc', 'unzip -p'].entries())
      expect(refused[i + 1]).toContain(`Unpack it first, with "${command}"`);
  });

  /** As the standard has it, and browsers: one member, and what follows is a fault. Node's own goes on. */
  class OneMember {
    readonly readable: ReadableStream<Uint8Array>;
    readonly writable: WritableStream<Uint8Array>;
    constructor() {
      const all: Uint8Array[] = [];
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
        transform: (piece) => void all.push(piece),
        flush: (controller) => {
          const bytes = Buffer.concat(all);
          const { buffer, engine } = inflateRawSync(bytes.subarray(10), { info: true }) as unknown as {
            buffer: Buffer;
            engine: { bytesWritten: number };
          };
          if (10 + engine.bytesWritten + 8 !== bytes.length) throw new TypeError('junk, or too little');
          controller.enqueue(buffer);
        },
      });
      this.readable = readable;
      this.writable = writable;
    }
  }

  test('of several archives in one are read whole, in the browser as well', async () => {
    vi.stubGlobal('DecompressionStream', OneMember);
    // What looks like the beginning of a member stands in the second one, and is none.
    const alike = Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 0, 3]);
    const members = ['one\n', Buffer.concat([Buffer.from('two '), alike, Buffer.from('\n')]), '', 'three\n'];
    const packed = members.map((member) => gzipSync(member, { level: 0 }));
    const { sources, refused } = await readFiles([new File(packed, 'log.gz')]);
    vi.unstubAllGlobals();
    expect(refused).toEqual([]);
    expect(sources[0]?.part).toBeUndefined();
    expect(sources[0]?.text.startsWith('one\ntwo ')).toBe(true);
    expect(sources[0]?.text.endsWith('\nthree\n')).toBe(true);
  });

  test('that are cut archives give what could be unpacked, up to the last line', async () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `line ${i} ${Math.sin(i)}\n`).join('');
    const packed = gzipSync(text);
    const { sources, refused } = await readFiles([new File([packed.subarray(0, -1)], 'cut.log.gz')]);
    expect(refused).toEqual([]);
    expect(sources[0]?.text).toBe(text);
    expect(sources[0]?.part).toEqual({ skippedLines: 0, bytes: text.length, broken: true });
  });

  test('larger than 32 MB keep their end, in an archive as well; an archive is known by its bytes', async () => {
    const much = `${'x'.repeat(1023)}\n`.repeat(40 * 1024);
    const { sources } = await readFiles([new File([much], 'big.log'), new File([gzipSync(much)], 'bomb')]);
    for (const { text, part } of sources) {
      expect(text).toHaveLength(32 * mega - 1024);
      expect(part).toEqual({ skippedLines: 8 * 1024 + 1, bytes: 40 * mega });
    }
  });

  test('that are not wanted any more are not read to their end', async () => {
    const wanted = new AbortController();
    wanted.abort(new Error('cleared'));
    const files = [new File([gzipSync('x'.repeat(mega))], 'a.gz'), new File(['x'], 'b.log')];
    for (const file of files) await expect(readFiles([file], wanted.signal)).rejects.toThrow('cleared');
  });

  test('of one name are both kept, unless it is the same file again', async () => {
    const give = async (...files: File[]) => (await readFiles(files)).sources;
    const lines = (host: string, count: number) => `${host} has more to say\n`.repeat(count);
    const first = addFiles([], await give(new File([lines('web1', 2)], 'client.log')));
    const both = addFiles(first, await give(new File([lines('web2', 2)], 'client.log')));
    expect(both.map(({ name, text }) => [name, text])).toEqual([
      ['client.log', lines('web1', 2)],
      ['client.log (2)', lines('web2', 2)],
    ]);
    // Chosen again, one of them has grown since, and a third comes with it.
    const more = [lines('web2', 3), lines('web3', 1), lines('web1', 2)].map((text) => new File([text], 'client.log'));
    const three = addFiles(both, await give(...more, new File([''], 'pasted')));
    expect(three.map(({ name, text }) => [name, text])).toEqual([
      ['client.log', lines('web1', 2)],
      ['client.log (2)', lines('web2', 3)],
      ['client.log (3)', lines('web3', 1)],
      // What is pasted has that name.
      ['pasted (2)', ''],
    ]);
  });

  test('of which only the end is held are known again when they have grown', async () => {
    const text = Array.from({ length: 34 * 1024 }, (_, i) => `${i}`.padEnd(1023, 'x')).join('\n');
    const now = new File([`${text}\nnew\n`], 'a.log');
    const old = addFiles([], (await readFiles([new File([text], 'a.log')])).sources);
    const files = addFiles(old, (await readFiles([now])).sources);
    expect(files.map(({ name }) => name)).toEqual(['a.log']);
    expect(files[0]?.text.endsWith('new\n')).toBe(true);
  });
});

test('a reading that is ended keeps what was read, as a part, and says how far it is meanwhile', async () => {
  const line = `Nov 23 15:20:33 web1 sshd[812]: ${'x'.repeat(1000)}\n`;
  const file = new File([line.repeat(20_000)], 'long.log');
  const enough = new AbortController();
  const told: number[] = [];
  const progress = (bytes: number) => {
    told.push(bytes);
    if (told.length === 2) enough.abort();
  };
  const { source } = await readFile(file, { rules, enough: enough.signal, progress });
  expect(told).toEqual([4 * mega, 8 * mega]);
  expect(source.part).toMatchObject({ bytes: file.size, readBytes: 8 * mega });
  expect(source.text.length).toBe(8 * mega);
});
