/**
 * What an edition without a web server needs now and then only, each a function that makes it: the table of names, and
 * the engine. The engine runs in a worker whose text is that function's own, for no worker can be loaded from a disk.
 */
import type { PartName } from '../edition.ts';

declare global {
  /** What the scripts of the parts leave here. */
  var samhainParts: Partial<Record<PartName, () => unknown>> | undefined;
}

const made = new Map<PartName, unknown>();

/** Undefined as long as its script has not run. */
export function part(name: PartName): unknown {
  const make = globalThis.samhainParts?.[name];
  if (make && !made.has(name)) made.set(name, make());
  return made.get(name);
}

let address: string | undefined;

/** Where a worker with the engine is, once the engine's script has run. */
export function workerAddress(): string {
  address ??= URL.createObjectURL(
    new Blob([`(${globalThis.samhainParts?.engine})().serve()`], { type: 'text/javascript' }),
  );
  return address;
}
