/** Files out of a drop, those in folders too; and what a paste or a drop holds of text. */

/** So many files of a folder are read; a folder of logs has fewer. */
const mostFiles = 500;

/** Files of a drop; of a folder all that are in it. */
export async function filesOf(transfer: DataTransfer | null): Promise<File[]> {
  if (!transfer) return [];
  // What a drop holds is gone after the first wait: all entries are taken at once.
  const entries = [...transfer.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry?.() : null;
    return entry ? [entry] : [];
  });
  if (!entries.some(({ isDirectory }) => isDirectory)) return [...transfer.files];
  const files: File[] = [];
  for (const entry of entries) await walk(entry, files);
  return files;
}

async function walk(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (files.length >= mostFiles) return;
  if (entry.isFile) {
    const file = await new Promise<File | undefined>((done) =>
      (entry as FileSystemFileEntry).file(done, () => done(undefined)),
    );
    if (file && file.size > 0) files.push(file);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A folder is read in parts; an empty one is the end.
    const part = await new Promise<FileSystemEntry[]>((done) => reader.readEntries(done, () => done([])));
    if (part.length === 0) return;
    for (const one of part) await walk(one, files);
  }
}

/** True where the keyboard writes into something: what is pasted there belongs there. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input:not([type=checkbox], [type=radio]), textarea, select, dialog') !== null);
