import { readFileSync } from 'node:fs';
import { createCatalogue } from './src/engine/catalogue/catalogue.ts';
import { recognise } from './src/engine/catalogue/recognise.ts';
import { diagnose } from './src/engine/diagnosis/index.ts';
import { loadKnowledge } from './src/knowledge/load.ts';
const { messages, problems } = loadKnowledge();
const c = createCatalogue(messages);
for (const f of process.argv.slice(2)) {
const t0 = performance.now();
const r = recognise([{ name: 'x', text: readFileSync(f, 'utf8') }], c);
const t1 = performance.now();
const d = diagnose(r.findings, problems, messages, r.asides);
console.log(f, r.records, 'recognise', t1 - t0, 'diagnose', performance.now() - t1, d.diagnoses.length);
}
