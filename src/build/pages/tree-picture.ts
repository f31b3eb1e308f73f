/** The whole wizard as one picture, drawn at build time by Graphviz from the questions. */
import { instance } from '@viz-js/viz';
import { problemHref, questionHref } from '../../browser/paths.ts';
import type { Knowledge } from '../knowledge/load.ts';

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

/**
 * The lines of the drawing. Each question is drawn once, below the answer that leads to it first; where another answer
 * leads there too, a small box names it. Problems stand beside each answer that leads to them: nothing crosses.
 */
function drawing({ questions, problems }: Pick<Knowledge, 'questions' | 'problems'>): string[] {
  const question = new Map(questions.map((q) => [q.id, q]));
  const title = new Map(problems.map((p) => [p.id, p.title]));
  const lines: string[] = [];
  const drawn = new Set<string>();
  let boxes = 0;
  const box = (text: string, kind: string, href: string, style = ''): string => {
    boxes += 1;
    lines.push(
      `n${boxes} [label=${label(text, kind === 'problem' ? 44 : 28)}, class="${kind}", URL=${quote(href)}${style}];`,
    );
    return `n${boxes}`;
  };
  const draw = (id: string): string => {
    const q = question.get(id);
    const ask = q?.ask ?? id;
    if (!q || drawn.has(id)) return box(`see: ${ask}`, 'again', questionHref(id), ', style=dashed');
    drawn.add(id);
    const node = box(ask, 'question', questionHref(id));
    for (const answer of q.answers) {
      const target = answer.problem
        ? box(title.get(answer.problem) ?? answer.problem, 'problem', problemHref(answer.problem), ', style=rounded')
        : draw(answer.next ?? '');
      lines.push(`${node} -> ${target} [label=${label(answer.label, 30)}];`);
    }
    return node;
  };
  draw(questions[0]?.id ?? '');
  return lines;
}

/** SVG of all questions and problems; colours are the page's own, by class. */
export async function treePicture(knowledge: Pick<Knowledge, 'questions' | 'problems'>): Promise<string> {
  const lines = [
    'digraph { rankdir=LR; ordering=out; nodesep=0.08; ranksep=1.6; bgcolor="transparent";',
    'node [fontname="sans-serif", fontsize=11, shape=box, margin="0.3,0.07"]; edge [fontname="sans-serif", fontsize=9, arrowsize=0.6];',
    ...drawing(knowledge),
    '}',
  ];
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
    .replace(/<!--[^<>]*-->\n?/g, '');
}
