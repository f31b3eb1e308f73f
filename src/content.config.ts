/**
 * The collections whose bodies Astro renders. Everything else of the content, and every reference between entries,
 * is read and checked by src/build/knowledge: one set of schemas for both.
 */
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { guideSchema, problemSchema } from './content/schemas.ts';

const mdx = (folder: string) =>
  glob({ base: `./src/content/${folder}`, pattern: '**/*.mdx', generateId: ({ data }) => String(data.id) });

export const collections = {
  problems: defineCollection({ loader: mdx('problems'), schema: problemSchema }),
  guides: defineCollection({ loader: mdx('guides'), schema: guideSchema }),
};
