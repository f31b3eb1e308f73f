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

/** What a phrase is made of. The first kinds say more: they win where the words are the same. */
export type PhraseKind = 'message' | 'message with text' | 'text';

export interface Phrase {
  entry: CatalogueEntry;
  text?: CatalogueText;
  kind: PhraseKind;
  /** Name of the template's free part of msg, of which the text is the value. */
  free?: string;
  /** Literal parts in lower case with single blanks, and the names of what stands between them. */
  parts: string[];
  names: string[];
  letters: number;
  words: number;
  /** Its fixed words are a sentence that no other program prints. */
  own: boolean;
  order: number;
}

export interface Quoted {
  phrase: Phrase;
  values: Record<string, string>;
  /** The words as they stand in the line. */
  words: string;
  /** Nothing but the phrase. */
  whole: boolean;
  /** The fixed words that are there are a sentence that no other program prints. */
  own: boolean;
}
