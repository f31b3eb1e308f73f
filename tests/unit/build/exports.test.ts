/**
 * What other programs take says the same as the engine, by these programs' own word: lnav, pdbtool and promtool try the
 * files. On a machine without them that is skipped with a word; in CI it is a failure.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import { describe, expect, test, vi } from 'vitest';
import { exportsOf } from '../../../src/build/exports/write.ts';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';
import { metrics } from '../../../src/cli/metric-names.ts';
import { metricsOf } from '../../../src/cli/metrics.ts';
import { createCatalogue } from '../../../src/engine/catalogue/catalogue.ts';
import { recognise } from '../../../src/engine/catalogue/recognise.ts';
import { judge } from '../../../src/engine/judge.ts';
import type { Finding } from '../../../src/engine/types.ts';
import { content } from '../diagnosis/judge.ts';

vi.setConfig({ testTimeout: 300_000 });

const knowledge = loadKnowledge();
const catalogue = createCatalogue(knowledge.messages);
const files = exportsOf(knowledge, '2026-11-27');
const folder = mkdtempSync(join(tmpdir(), 'exports-'));
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
const at = (name: string) => join(folder, name);

/** A test that needs a program. */
function withProgram(program: string, name: string, run: () => void): void {
  const there = spawnSync(program, ['--help']).error === undefined;
  if (!there && process.env.CI !== 'true') console.log(`${program} is not installed: "${name}" is skipped.`);
  test.skipIf(!there && process.env.CI !== 'true')(name, () => {
    expect(there, `${program} is installed`).toBe(true);
    run();
  });
}

interface Line {
  text: string;
  finding: Finding;
}

/** Clean records of the captured runs, each on one line. */
function recordsOf(names: readonly string[], isClean: (line: string) => boolean): Line[] {
  const captures = join(import.meta.dirname, '../../captures');
  const lines: Line[] = [];
  for (const scenario of readdirSync(captures, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    for (const variant of readdirSync(join(captures, scenario.name))) {
      for (const name of names) {
        const path = join(captures, scenario.name, variant, name);
        if (!existsSync(path)) continue;
        const text = readFileSync(path, 'utf8');
        const all = text.split('\n');
        for (const finding of recognise([{ name, text }], catalogue).findings) {
          const { record, message, quoted } = finding;
          const line = all[record.line - 1] ?? '';
          if (message && !quoted && !record.truncated && isClean(line)) lines.push({ text: line, finding });
        }
      }
    }
  }
  return lines;
}

describe('syslog-ng', () => {
  withProgram('pdbtool', 'its own test messages', () => {
    const { status, stdout } = spawnSync('pdbtool', ['test', at('samhain.pdb')], { encoding: 'utf8' });
    expect(stdout.match(/^ Wrong match.*$/gm) ?? []).toEqual([]);
    expect(status).toBe(0);
    expect(stdout.match(/^Testing message/gm)?.length).toBeGreaterThan(1000);
  });

  withProgram('pdbtool', 'every clean record of the captured system logs has the message that the engine names', () => {
    const all = recordsOf(['server.syslog', 'client.syslog', 'client2.syslog', 'upper.syslog'], (line) =>
      /(?:Yule|Samhain)\[\d+\]: /.test(line),
    ).filter(({ finding: { record } }) => record.line === record.endLine);
    writeFileSync(at('records.log'), all.map(({ text }) => `${text}\n`).join(''));
    const template = '$' + '{samhain.message}|$' + '{samhain.severity}|$' + '{samhain.problem}|$' + '{samhain.page}\n';
    const said = execFileSync(
      'pdbtool',
      ['match', '-p', at('samhain.pdb'), '-f', at('records.log'), '--template', template],
      { encoding: 'utf8', maxBuffer: 1 << 28 },
    ).split('\n');
    expect(all.length).toBeGreaterThan(7000);
    const wrong = all.flatMap(({ text, finding: { message, record } }, i) => {
      const [named, severity] = said[i]?.split('|') ?? [];
      return named === message && severity === record.severity ? [] : [`${named} ${severity}: ${text}`];
    });
    // One of them has quotation marks of its own inside a value.
    expect(wrong.filter((line) => !/msg="[^"]*"[^ ]/.test(line))).toEqual([]);
    expect(said.filter((line) => line.endsWith('/problems/wrong-password/')).length).toBeGreaterThan(10);
  });

  test('what a line holds is a value, and never a part of a name or an address', () => {
    for (const name of files['samhain.pdb']?.matchAll(/<value name='([^']*)'>([^<]*)</g) ?? []) {
      expect(name[1]).toMatch(/^samhain\.[a-z]+$/);
      if (name[1] !== 'samhain.host' && name[1] !== 'samhain.severity') expect(name[2]).not.toContain('$');
    }
  });
});

describe('lnav', () => {
  withProgram(
    'lnav',
    'every clean record of the captured logs is tagged with the message that the engine names',
    () => {
      const formats = join(folder, 'lnav', 'formats', 'samhain');
      mkdirSync(formats, { recursive: true });
      writeFileSync(join(formats, 'samhain.json'), files['samhain.lnav.json'] ?? '');
      let records = 0;
      let single = 0;
      for (const form of ['plain', 'xml'] as const) {
        // (Values with the marks of their own form inside are no clean ones.)
        const isClean = (line: string) =>
          form === 'plain'
            ? /^(?:[A-Z]+|<TCP>|<NET>) *: {2}\[\d/.test(line) && !/\\[0-7]{3}.*[<>].*\\[0-7]{3}/.test(line)
            : /^<log sev="\w+" tstamp="\d/.test(line) && !/msg="[^"]*"[^ ]/.test(line);
        const all = recordsOf(['server.log', 'client.log', 'client2.log'], isClean);
        const log = at(`${form}.log`);
        writeFileSync(log, all.map(({ text }) => `${text}\n`).join(''));
        const query = ';SELECT log_line, log_level, log_tags FROM samhain_log';
        const words = ['-I', join(folder, 'lnav'), '-n', '-q', '-c', query, '-c', ':write-json-to -', log];
        const rows = JSON.parse(execFileSync('lnav', words, { encoding: 'utf8', maxBuffer: 1 << 28 })) as {
          log_line: number;
          log_level: string;
          log_tags: string[] | string | null;
        }[];
        const byLine = new Map(rows.map((row) => [row.log_line, row]));
        const levels = {
          CRIT: 'critical',
          ALERT: 'critical',
          ERROR: 'error',
          WARN: 'warning',
          NOTICE: 'notice',
          INFO: 'info',
          MARK: 'stats',
        };
        const wrong = all.flatMap(({ text, finding }, i) => {
          const row = byLine.get(i);
          const list =
            typeof row?.log_tags === 'string' ? (JSON.parse(row.log_tags) as string[]) : (row?.log_tags ?? []);
          const messages = list.filter((tag) => !tag.startsWith('#problem:'));
          if (messages.length === 1) single += 1;
          const level = levels[finding.record.severity as 'CRIT'];
          const isRight = messages.includes(`#${finding.message}`) && (level === undefined || row?.log_level === level);
          return isRight ? [] : [`${row?.log_level} ${list}: ${text}`];
        });
        expect(wrong).toEqual([]);
        records += all.length;
      }
      expect(records).toBeGreaterThan(9000);
      expect(single / records).toBeGreaterThan(0.99);
    },
  );
});

describe('Prometheus', () => {
  withProgram('promtool', 'rules and numbers', () => {
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'rules', at('samhain.rules.yml')], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(Number(/(\d+) rules found/.exec(stdout)?.[1])).toBe(knowledge.problems.length + 5);
    const text = readFileSync(
      join(import.meta.dirname, '../../captures/03a-password-never-set/42-plain/server.log'),
      'utf8',
    );
    const judged = judge([{ name: 'server.log', text }], content);
    const alive = { 'a"b\\c\nd': 1_000_000, 'x"} 1\nevil{client="y': 2_000_000, third: 3_000_000 };
    const input = metricsOf({ judged, problems: knowledge.problems, alive, reports: 0, most: 2 });
    const checked = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
    expect({ status: checked.status, out: checked.stdout + checked.stderr }).toEqual({ status: 0, out: '' });
    expect(input).toContain('samhain_clients_left_out 1\n');
    expect(input).not.toMatch(/^evil/m);
    expect(input.match(/^samhain_client_last_seen_timestamp_seconds\{/gm)).toHaveLength(2);
  });

  withProgram('promtool', 'an alert comes when its problem stands, and leads to its page', () => {
    const page = /runbook_url: (.*\/problems\/wrong-password\/)/.exec(files['samhain.rules.yml'] ?? '')?.[1];
    writeFileSync(
      join(folder, 'test.yml'),
      `rule_files: [samhain.rules.yml]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - { series: 'samhain_problems{problem="wrong-password"}', values: '0x10 1x30' }
      - { series: 'samhain_client_last_seen_timestamp_seconds{client="web1"}', values: '0x400' }
    promql_expr_test:
      - expr: ALERTS{alertstate="firing", alertname="SamhainWrongPassword"}
        eval_time: 30m
        exp_samples:
          - labels: ALERTS{alertstate="firing", alertname="SamhainWrongPassword", severity="critical", problem="wrong-password"}
            value: 1
      - expr: ALERTS{alertstate="firing"}
        eval_time: 5h
        exp_samples:
          - labels: ALERTS{alertstate="firing", alertname="SamhainClientNotSeen", severity="critical", client="web1"}
            value: 1
    alert_rule_test:
      - { alertname: SamhainWrongPassword, eval_time: 9m, exp_alerts: [] }
`,
    );
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', 'test.yml'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr + stdout).toMatch(/SUCCESS/);
    expect(status).toBe(0);
    expect(page).toBeDefined();
  });

  test('rules ask for numbers that are written', () => {
    const asked =
      files['samhain.rules.yml']
        ?.match(/^ +expr: .*$/gm)
        ?.join(' ')
        .match(/samhain_[a-z_]+/g) ?? [];
    expect(asked.length).toBeGreaterThan(knowledge.problems.length);
    for (const name of asked) expect(Object.keys(metrics)).toContain(name);
  });
});

test('the catalogue has its shape, and every message and problem', () => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../../public/catalogue.schema.json'), 'utf8'));
  const written = JSON.parse(files['catalogue.json'] ?? '');
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const isValid = ajv.validate(schema, written);
  expect(ajv.errors ?? []).toEqual([]);
  expect(isValid).toBe(true);
  expect(written.messages.map(({ id }: { id: string }) => id)).toEqual(knowledge.messages.map(({ id }) => id));
  expect(written.problems.map(({ id }: { id: string }) => id)).toEqual(knowledge.problems.map(({ id }) => id));
});
