import { readFileSync, readdirSync, existsSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import { problemSchema, messageSchema } from './src/content/schemas.ts';
import { createCatalogue } from './src/engine/catalogue/catalogue.ts';
import { recognise } from './src/engine/catalogue/recognise.ts';
import { diagnose } from './src/engine/diagnosis/diagnose.ts';
const R = '/work/main/src/content/';
const stages = parse(readFileSync(R + 'stages.yaml', 'utf8')).map((s: any) => s.id);
const problems = readdirSync(R + 'problems').map((f) => { const d = parse(readFileSync(R + 'problems/' + f, 'utf8').split('\n---\n')[0]!.slice(4)); const r = problemSchema.safeParse(d); if (!r.success) { console.log(f, r.error.issues); d.also = []; return problemSchema.parse(d); } return r.data; });
problems.sort((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage) || (a.order ?? 50) - (b.order ?? 50));
const messages = readdirSync(R + 'messages').flatMap((f) => parse(readFileSync(R + 'messages/' + f, 'utf8'))).map((m: any) => { const r = messageSchema.safeParse(m); if (!r.success) { return { harmless: [], texts: [], alsoSeverity: [], fields: {}, ...m, texts: (m.texts ?? []).map((t: any) => ({ harmless: [], ...t })) }; } return r.data; });
const catalogue = createCatalogue(messages as any);
const chunks: Buffer[] = []; for await (const c of process.stdin) chunks.push(c as Buffer); const text = Buffer.concat(chunks).toString();
const cases = text.split('\n====').map((c) => c.trim()).filter(Boolean);
for (const c of cases) {
  const [head, ...lines] = c.split('\n');
  const side = head!.includes('#server') ? 'server' as const : head!.includes('#client') ? 'client' as const : undefined;
  const r = recognise([{ name: 'x', text: lines.join('\n'), ...(side ? { side } : {}) }], catalogue);
  const d = diagnose(r.findings, problems, messages as any, r.asides);
  console.log('##', head, '\n   ', r.findings.map((f) => `${f.message ?? 'NONE'}${f.text ? '/' + f.text : ''}(${f.side ?? '?'}${f.host ? '@' + f.host : ''})`).join(' ').slice(0, 300), r.unrecognised.length ? 'UNREC ' + r.unrecognised[0]!.text : '', r.asides.filter((a) => /expl|emer/.test(a.kind)).length ? 'BLOCKS' : '', '\n    =>', d.diagnoses.map((x) => `${x.problem}:${x.confidence}${x.over ? ':OVER' : ''}${x.host ? '@' + x.host : ''}(${x.evidence.length}+${x.explains.length})`).join(' '));
}
