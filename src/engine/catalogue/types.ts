import type { Message } from '../../content/schemas.ts';

type Text = Message['texts'][number];

/** What the engine needs of one of an entry's texts. */
export type CatalogueText = Pick<Text, 'id' | 'text' | 'where' | 'side' | 'severity' | 'harmless'>;

/** What the engine needs of a message of the catalogue: a plain subset of src/content/messages, prose left out. */
export interface CatalogueEntry
  extends Pick<Message, 'id' | 'kind' | 'step' | 'side' | 'severity' | 'alsoSeverity' | 'harmless'> {
  forms: { plain: string; xml: string }[];
  texts: CatalogueText[];
  takes?: Message['takes'];
}
