/** The script that puts a chosen setup's values into a page before it is painted, with the values in it. */
import type { APIRoute } from 'astro';
import { setupScript } from '../build/pages/setup-script.ts';

export async function getStaticPaths() {
  return [{ params: { version: (await setupScript()).version } }];
}

export const GET: APIRoute = async () =>
  new Response((await setupScript()).text, { headers: { 'content-type': 'text/javascript; charset=utf-8' } });
