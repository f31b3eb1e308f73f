/** Finds every regular expression that the project's own code holds, by its syntax tree. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface Expression {
  file: string;
  line: number;
  /** Absent where it is put together at run time. */
  source?: string;
  flags: string;
}

/** Scripts in a text: an .astro file's frontmatter and <script> parts, or the whole of a .ts file. */
function scriptsOf(path: string, text: string): { code: string; firstLine: number }[] {
  if (!path.endsWith('.astro')) return [{ code: text, firstLine: 0 }];
  const before = (index: number) => text.slice(0, index).split('\n').length - 1;
  const found = [...text.matchAll(/^---\n([\s\S]*?)\n---$|<script[^>]*>([\s\S]*?)<\/script>/gm)];
  const parts = found.map((match) => ({ code: match[1] ?? match[2] ?? '', firstLine: before(match.index) }));
  // Expressions in the markup: {list.map(…)}.
  const rest = found.at(0)?.index === 0 ? text.slice(found[0]?.[0].length) : text;
  return [
    ...parts,
    {
      code: `const markup = <>${rest.replace(/<!doctype html>/i, '').replace(/<script[\s\S]*?<\/script>/g, '')}</>;`,
      firstLine: 0,
    },
  ];
}

function expressionsIn(file: string, code: string, firstLine: number): Expression[] {
  const found: Expression[] = [];
  const kind = file.endsWith('.ts') || file.endsWith('.mjs') ? ts.ScriptKind.TS : ts.ScriptKind.TSX;
  const tree = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, kind);
  const visit = (node: ts.Node): void => {
    const line = firstLine + tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ file, line, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    const made = ts.isNewExpression(node) || ts.isCallExpression(node) ? node : undefined;
    if (made && ts.isIdentifier(made.expression) && made.expression.text === 'RegExp') {
      found.push({ file, line, flags: '' });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** All of them below the folders given, in the order of the files. */
export function expressionsBelow(root: string, folders: readonly string[]): Expression[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|tsx|mjs|astro)$/.test(name))
      .sort()
      .flatMap((name) => {
        const file = `${folder}/${name.replaceAll('\\', '/')}`;
        const text = readFileSync(join(root, file), 'utf8');
        return scriptsOf(file, text).flatMap(({ code, firstLine }) => expressionsIn(file, code, firstLine));
      }),
  );
}
