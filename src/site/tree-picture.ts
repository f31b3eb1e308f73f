/** The whole wizard as one picture, drawn at build time by Graphviz from the questions. */
import { instance } from '@viz-js/viz';
import type { Knowledge } from '../knowledge/load.ts';
import { problemHref, questionHref } from './paths.ts';

const quote = (text: string) => `"${text.replaceAll('\\', '').replaceAll('"', '\\"').replaceAll('\n', ' ')}"`;

/** Breaks a label into lines of about `width` characters. */
function wrap(text: string, width: number): string {
  const lines: string[] = [''];
  for (const word of text.replaceAll('`', '').split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    if (last && last.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines.join('\\n');
}

const label = (text: string, width: number) => `"${wrap(text.replaceAll('\\', '').replaceAll('"', "'"), width)}"`;

/** SVG of all questions and problems; colours are the page's own, by class. */
export async function treePicture({ questions, problems }: Knowledge): Promise<string> {
  const lines = [
    'digraph { rankdir=LR; ordering=out; nodesep=0.1; ranksep=1.1; bgcolor="transparent";',
    'node [fontname="sans-serif", fontsize=11, shape=box, margin="0.3,0.07"]; edge [fontname="sans-serif", fontsize=9, arrowsize=0.6];',
  ];
  for (const q of questions) {
    lines.push(
      `${quote(`q-${q.id}`)} [label=${label(q.ask, 26)}, class="question", URL=${quote(questionHref(q.id))}];`,
    );
    for (const a of q.answers) {
      const target = a.problem ? `p-${a.problem}` : `q-${a.next}`;
      lines.push(`${quote(`q-${q.id}`)} -> ${quote(target)} [label=${label(a.label, 24)}];`);
    }
  }
  for (const p of problems) {
    lines.push(
      `${quote(`p-${p.id}`)} [label=${label(p.title, 34)}, class="problem", style=rounded, URL=${quote(problemHref(p.id))}];`,
    );
  }
  lines.push('}');
  const viz = await instance();
  const svg = viz.renderString(lines.join('\n'), { format: 'svg' });
  return svg
    .slice(svg.indexOf('<svg'))
    .replace(
      /<svg width="([\d.]+)pt" height="([\d.]+)pt"/,
      '<svg role="group" aria-labelledby="tree-name" width="$1" height="$2"',
    )
    .replace(/<title>[^<]*<\/title>/g, '')
    .replace(/ (?:fill|stroke|font-family)="[^"]*"/g, '')
    .replace(/xlink:href/g, 'href')
    .replace(/ xlink:title="[^"]*"/g, '')
    .replace(/<!--[\s\S]*?-->\n?/g, '');
}
