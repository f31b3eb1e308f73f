/** The engine's public face: text in, findings out. Plain TypeScript, no DOM, no Node, no Astro. */

export { type Catalogue, createCatalogue } from './catalogue/catalogue.ts';
export { testField, testFields } from './catalogue/fieldTest.ts';
export { type Recognised, recognise } from './catalogue/recognise.ts';
export type { CatalogueEntry } from './catalogue/types.ts';
export { readRecords } from './log/records.ts';
export type * from './types.ts';
