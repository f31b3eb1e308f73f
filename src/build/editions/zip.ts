/** Writes a zip archive: always the same bytes for the same files, so that a checksum says whether anything changed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';
import { filesOf } from './site.ts';

const deflated = promisify(deflateRaw);

/** 1 January 2000, as the format counts: the files carry no dates of their own. */
const day = ((2000 - 1980) << 9) | (1 << 5) | 1;
const utf8Names = 0x0800;

interface Entry {
  name: Buffer;
  data: Buffer;
  crc: number;
  size: number;
  offset: number;
}

/** The fields that the two headers of a file share, from "version needed" to the length of the extra field. */
function common({ name, data, crc, size }: Entry): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(20, 0);
  bytes.writeUInt16LE(utf8Names, 2);
  bytes.writeUInt16LE(8, 4);
  bytes.writeUInt16LE(day, 8);
  bytes.writeUInt32LE(crc, 10);
  bytes.writeUInt32LE(data.length, 14);
  bytes.writeUInt32LE(size, 18);
  bytes.writeUInt16LE(name.length, 22);
  return bytes;
}

/** @param inside name of the one folder that the archive unpacks to */
export async function writeZip(folder: string, inside: string, target: string): Promise<void> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  const files = filesOf(folder);
  // (Each is deflated on another thread, while the next step of the build is under way.)
  const packed = await Promise.all(
    files.map(async (file) => {
      const bytes = readFileSync(join(folder, file));
      return { file, bytes, data: await deflated(bytes, { level: 9 }) };
    }),
  );
  for (const { file, bytes, data } of packed) {
    const entry: Entry = {
      name: Buffer.from(`${inside}/${file}`),
      data,
      crc: crc32(bytes),
      size: bytes.length,
      offset,
    };
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common(entry), entry.name, entry.data]);
    parts.push(local);
    offset += local.length;
    const tail = Buffer.alloc(14);
    // Made on Unix, an ordinary file that all may read.
    tail.writeUInt32LE((0o100644 << 16) >>> 0, 6);
    tail.writeUInt32LE(entry.offset, 10);
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 3]), common(entry), tail, entry.name);
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  writeFileSync(target, Buffer.concat([...parts, index, end]));
}
