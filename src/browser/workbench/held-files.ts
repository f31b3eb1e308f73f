/** The sources beside the box: each has one place, whatever it is called and however often it is added. */
import { isGrown, pasted, uniqueName } from '../../engine/names.ts';
import type { Source } from '../../engine/types.ts';

/** A file or a text beside the box, with the name that it has where it comes from. */
export interface HeldFile extends Source {
  file: string;
  /** It was pasted, and is in no file: kept with what is in the box. */
  pasted?: true;
  /** The file itself, of which the text is an excerpt: to read a part of it again. */
  handle?: File;
  /** It came while an answer was there. */
  isNew?: boolean;
}

/**
 * The sources when more are added: one that is there already and has grown takes its old place, another of the same name
 * stands beside it.
 */
export function addFiles(
  held: readonly HeldFile[],
  added: readonly Source[],
  how: Pick<HeldFile, 'pasted' | 'isNew' | 'handle'> = {},
): HeldFile[] {
  const files = [...held];
  for (const source of added) {
    const { name: file } = source;
    const at = how.pasted ? -1 : files.findIndex((one) => one.file === file && isGrown(one, source));
    const old = files[at];
    const name = old?.name ?? uniqueName(file, [pasted, ...files.map((one) => one.name)]);
    const side = source.side ?? old?.side;
    files.splice(at < 0 ? files.length : at, at < 0 ? 0 : 1, {
      ...source,
      ...(side ? { side } : {}),
      ...how,
      name,
      file,
    });
  }
  return files;
}
