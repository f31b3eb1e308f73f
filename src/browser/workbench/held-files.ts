/** The files in the box: each has one place, whatever it is called and however often it is added. */
import { isGrown, pasted, uniqueName } from '../../engine/names.ts';
import type { Source } from '../../engine/types.ts';

/** A file in the box, with the name that it has where it comes from. */
export interface HeldFile extends Source {
  file: string;
}

/**
 * The files in the box when more are added: one that is there already and has grown takes its old place, another of the
 * same name stands beside it.
 */
export function addFiles(held: readonly HeldFile[], added: readonly Source[]): HeldFile[] {
  const files = [...held];
  for (const source of added) {
    const { name: file } = source;
    const at = files.findIndex((one) => one.file === file && isGrown(one, source));
    const name = files[at]?.name ?? uniqueName(file, [pasted, ...files.map((one) => one.name)]);
    files.splice(at < 0 ? files.length : at, at < 0 ? 0 : 1, { ...source, name, file });
  }
  return files;
}
