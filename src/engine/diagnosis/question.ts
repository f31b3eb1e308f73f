/** Finds the question of the wizard at which a set of candidate problems parts. */
import type { Question as Whole } from '../../content/schemas.ts';

type Question = Pick<Whole, 'id' | 'ask' | 'answers'>;

/** Problems reachable from each question, and through each of its answers. */
function reach(questions: readonly Question[]): (id: string) => Set<string> {
  const byId = new Map(questions.map((q) => [q.id, q]));
  const known = new Map<string, Set<string>>();
  const from = (id: string): Set<string> => {
    const done = known.get(id);
    if (done) return done;
    const found = new Set<string>();
    known.set(id, found);
    for (const answer of byId.get(id)?.answers ?? []) {
      if (answer.problem) found.add(answer.problem);
      else if (answer.next) for (const problem of from(answer.next)) found.add(problem);
    }
    return found;
  };
  return from;
}

/**
 * The question whose answers split the candidates: it reaches as many of them as any does, and as few others as possible.
 * @returns undefined if no question tells them apart
 */
export function questionFor(questions: readonly Question[], candidates: readonly string[]): Question | undefined {
  const from = reach(questions);
  let best: { question: Question; covered: number; total: number } | undefined;
  for (const question of questions) {
    const all = from(question.id);
    const covered = candidates.filter((id) => all.has(id)).length;
    if (covered < 2) continue;
    const shares = question.answers.map((answer) => {
      const below = answer.problem ? new Set([answer.problem]) : from(answer.next ?? '');
      return candidates.filter((id) => below.has(id)).join();
    });
    if (new Set(shares.filter(Boolean)).size < 2) continue;
    const total = all.size;
    if (!best || covered > best.covered || (covered === best.covered && total < best.total))
      best = { question, covered, total };
  }
  return best?.question;
}

/** The answers on the shortest way from the first question to this one: what is known already where it is reached. */
export function wayTo(questions: readonly Question[], id: string): { question: string; answer: string }[] {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const seen = new Set<string>();
  let open: { at: string; way: { question: string; answer: string }[] }[] = [{ at: questions[0]?.id ?? '', way: [] }];
  while (open.length > 0) {
    const next: typeof open = [];
    for (const { at, way } of open) {
      if (at === id) return way;
      if (seen.has(at)) continue;
      seen.add(at);
      for (const answer of byId.get(at)?.answers ?? [])
        if (answer.next) next.push({ at: answer.next, way: [...way, { question: at, answer: answer.id }] });
    }
    open = next;
  }
  return [];
}
