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
const L = '/work/shared/logs/';
const rows = readFileSync(L + 'expected.tsv', 'utf8').trim().split('\n').slice(1).map((l) => l.split('\t'));
const only = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const verbose = process.argv.includes('--v');
function files(dir: string, sub: string) {
  const d = dir + '/' + sub;
  if (!existsSync(d)) return [];
  return readdirSync(d).filter((f) => /^(client|server)\d?\.(stderr|log|syslog|console)$/.test(f)).map((f) => ({ name: sub + f, text: readFileSync(d + f, 'utf8'), side: f.startsWith('client') ? 'client' as const : 'server' as const }));
}
const run = (sources: any[]) => { const r = recognise(sources, catalogue); return { r, d: diagnose(r.findings, problems, messages as any, r.asides) }; };
let right = 0, decided = 0, quiet = 0, healthy = 0, top3 = 0, clientOnly = 0, overOk = 0, overAll = 0, wrongCertain = 0, unrec = 0;
for (const [sc, v, , acc] of rows as any) {
  if (only.length && !only.some((o) => sc.startsWith(o))) continue;
  const dir = L + sc + '/' + v;
  const src = files(dir, '');
  const { r, d } = run(src);
  const show = (x: any) => x.diagnoses.map((y: any) => `${y.problem}:${y.confidence}${y.over ? ':OVER' : ''}@${y.host ?? '-'}(${y.evidence.length}+${y.explains.length})`).join(' ');
  const bad: string[] = [];
  if (r.unrecognised.some((u) => /msg=|\[20\d\d/.test(u.text)) || r.findings.some((f) => !f.message)) { unrec++; bad.push('UNREC ' + (r.unrecognised.find((u) => /msg=|\[20\d\d/.test(u.text))?.text ?? r.findings.find((f) => !f.message)?.record.body)?.slice(0, 150)); }
  if (acc === 'healthy') { healthy++; if (d.healthy) quiet++; else bad.push('NOT QUIET'); }
  else if (acc !== '?') {
    decided++;
    const ok = acc.split(',');
    if (d.diagnoses[0] && ok.includes(d.diagnoses[0].problem) && !d.diagnoses[0].over) right++; else bad.push('WRONG');
    const own = src.filter((s) => s.side === 'client');
    const c = run(own).d;
    if (c.diagnoses.some((x) => x.confidence === 'certain' && !ok.includes(x.problem))) { wrongCertain++; bad.push('CERTAIN WRONG ' + show(c)); }
    if (c.diagnoses.length || run(own).r.findings.some((f) => /ERROR|CRIT/.test(f.record.severity ?? ''))) {
      clientOnly++;
      if (c.diagnoses.slice(0, 3).some((x) => ok.includes(x.problem))) top3++; else bad.push('CLIENT ' + show(c));
    }
  }
  const meta = JSON.parse(readFileSync(dir + '/meta.json', 'utf8'));
  if (meta.fix_worked === true && acc !== '?' && acc !== 'healthy') {
    overAll++;
    const after = files(dir, 'after-fix/');
    const joined = [...src, ...after.filter((a) => !src.some((s) => 'after-fix/' + s.name === a.name))].map((s) => { const a = after.find((x) => x.name === 'after-fix/' + s.name); return a ? { ...s, text: s.text + a.text } : s; });
    const o = run(joined).d;
    const t = o.diagnoses.filter((x) => acc.split(',').includes(x.problem));
    if (t.length && t.every((x) => x.over)) overOk++; else bad.push('OVER ' + show(o));
    const sep = run([...src, ...after]).d; const t2 = sep.diagnoses.filter((x) => acc.split(',').includes(x.problem));
    if (!(t2.length && t2.every((x) => x.over))) bad.push('OVER-SEP ' + show(sep));
    if (verbose) console.log('   after:', show(o));
  }
  if (bad.length || verbose || acc === '?') console.log(sc, v, acc, '=>', show(d), '|', bad.join(' | '));
}
console.log({ right, decided, quiet, healthy, top3, clientOnly, wrongCertain, overOk, overAll, unrec });
