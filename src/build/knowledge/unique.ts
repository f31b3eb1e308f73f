/** That no id stands twice in a list. */
import type { Report } from './types.ts';

/** Reports each entry whose id an earlier one has. */
export function checkUnique(entries: readonly { id: string }[], report: Report): void {
  const seen = new Set<string>();
  for (const entry of entries) {
    if (seen.has(entry.id)) report(entry, 'id', 'stands twice');
    seen.add(entry.id);
  }
}
