/** Packed files, known by their first bytes: a name tells nothing, browsers and people change it. */

/** How a file is packed. */
export interface Packing {
  name: string;
  /** What unpacks it to standard output, before the name of the file. */
  command: string;
  /** The first bytes; undefined where any will do. */
  begins: (number | undefined)[];
}

const gzip: Packing = { name: 'gzip', command: 'gzip -dc', begins: [0x1f, 0x8b] };
const packings: Packing[] = [
  gzip,
  { name: 'zstd', command: 'zstd -dc', begins: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: 'xz', command: 'xz -dc', begins: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0] },
  // BZh, a digit, and the number pi.
  { name: 'bzip2', command: 'bzip2 -dc', begins: [0x42, 0x5a, 0x68, undefined, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59] },
  { name: 'lz4', command: 'lz4 -dc', begins: [0x04, 0x22, 0x4d, 0x18] },
  { name: 'compress', command: 'gzip -dc', begins: [0x1f, 0x9d] },
  { name: 'zip', command: 'unzip -p', begins: [0x50, 0x4b, 0x03, 0x04] },
];

/** So many bytes tell each of them. */
export const packingBytes = Math.max(...packings.map(({ begins }) => begins.length));

/** How a file that begins so is packed, if it is. */
export function packingOf(first: Uint8Array): Packing | undefined {
  return packings.find(
    ({ begins }) => first.length >= begins.length && begins.every((byte, i) => byte === undefined || first[i] === byte),
  );
}

/** Only this one is unpacked here. */
export function isGzip(packing: Packing | undefined): boolean {
  return packing === gzip;
}

/** A file that is read only once it is unpacked. */
export class PackedFault extends Error {
  readonly packing: Packing;

  constructor(packing: Packing) {
    super(`packed with ${packing.name}`);
    this.packing = packing;
  }
}

/** An archive of which nothing could be unpacked. */
export class BrokenArchive extends Error {}
