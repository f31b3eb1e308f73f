/** Runs a program as a whole process and says what it cost: seconds of the processor, and the most memory it held. Linux only. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Cost {
  /** Seconds of the processor, user and system. */
  cpu: number;
  /** Megabytes that were resident at most. */
  memory: number;
}

/** @throws if the program cannot be started, or ends with another status than those given */
export function measure(command: string, words: readonly string[], statuses: readonly number[] = [0]): Promise<Cost> {
  return new Promise((resolve, reject) => {
    // The shell stays in place of the program and tells what its one child has used.
    const script = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1 & P=$!; wait $P; exit $?';
    const child = spawn('bash', ['-c', script, 'bash', command, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    let memory = 0;
    child.stderr.on('data', (piece) => {
      said += piece;
    });
    // The high-water mark only grows: what is read last is nearly the end.
    const timer = setInterval(() => {
      memory = Math.max(memory, highWater(child.pid ?? 0));
    }, 15);
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(timer);
      const [user = Number.NaN, system = Number.NaN] = said.trim().split(/\s+/).slice(-2).map(Number);
      if (!statuses.includes(status ?? -1) || Number.isNaN(user + system))
        reject(new Error(`${command} ended with status ${status}: ${said.trim().slice(0, 300)}`));
      else resolve({ cpu: user + system, memory });
    });
  });
}

/** Of a process and all that it started, in megabytes; the largest one counts. */
function highWater(pid: number): number {
  try {
    const own = Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return Math.max(own, ...children.map((child) => highWater(Number(child))));
  } catch {
    return 0;
  }
}

export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
