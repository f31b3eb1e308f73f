import type { Style } from '../log/fields.ts';
import type { Candidate, NamedField } from './match.ts';
import { fold, type Template } from './template.ts';
import type { CompiledText } from './texts.ts';
import type { CatalogueEntry } from './types.ts';

const NONE: Candidate[] = [];

/** Templates by the one thing that is fixed in them and tells most: words of msg, else another value, else nothing. */
export class TemplateIndex {
  private readonly byKey = new Map<string, Candidate[]>();
  /** Names of items by whose values templates are found. */
  private readonly names = new Set<string>();
  private size = 0;

  add(entry: CatalogueEntry, template: Template, texts: CompiledText[]): void {
    const key = this.keyOf(template);
    const list = this.byKey.get(key);
    const candidate = { entry, template, texts, order: this.size++ };
    if (list) list.push(candidate);
    else this.byKey.set(key, [candidate]);
  }

  /** All templates that a record with these items can have; some more. */
  candidates(style: Style, fields: NamedField[], cut: boolean): Candidate[] {
    // Each list once, however often an item that leads to it is repeated.
    const lists = new Set<Candidate[]>();
    for (const { key, value } of fields) {
      if (key === 'msg') {
        if (value.length > 4000) continue;
        const folded = fold(value);
        lists.add(this.list(`${style} =${folded}`)).add(this.list(`${style} ~${folded.slice(0, 3)}`));
        // The beginning of a fixed text, where the record was cut.
        if (cut && fields.length === 1)
          for (const [known, list] of this.byKey) if (known.startsWith(`${style} =${folded}`)) lists.add(list);
      } else if (this.names.has(key) && value.length < 100) lists.add(this.list(`${style} ${key}=${fold(value)}`));
    }
    lists.add(this.list(`${style} *`));
    return [...lists].flat();
  }

  private list(key: string): Candidate[] {
    return this.byKey.get(key) ?? NONE;
  }

  private keyOf(template: Template): string {
    const { style, items } = template;
    const msg = items.find((item) => item.key === 'msg');
    const words = msg?.pattern.folded[0] ?? '';
    if (/[a-z0-9]{3}/.test(words))
      return msg?.pattern.names.length === 0 ? `${style} =${words}` : `${style} ~${words.slice(0, 3)}`;
    const fixed = items.find(
      (item) => item.key !== 'msg' && item.pattern.names.length === 0 && item.pattern.weight > 0,
    );
    if (!fixed) return `${style} *`;
    this.names.add(fixed.key);
    return `${style} ${fixed.key}=${fixed.pattern.folded[0]}`;
  }
}
