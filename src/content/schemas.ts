/**
 * The shapes of the content: messages, problems, questions, checks, steps, options, guides.
 * One place for all readers: Astro's collections, the build's checks, the engine's compiled module, the command line.
 */
import { z } from 'astro/zod';

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
const messageId = z.string().regex(/^MSG_[A-Z0-9_]+$/, 'a message id of samhain, such as MSG_TCP_BADCONN');
/** YYYY-MM-DD; YAML readers that make a Date of it are taken back. */
const day = z.preprocess((v) => (v instanceof Date ? v.toISOString().slice(0, 10) : v), z.iso.date());
/** A version whose catalogue was read in its source. On which of them something was seen, the captured runs say. */
const version = z.enum(['2.6.2', '4.1.4', '4.2.0', '4.4.3']);
const side = z.enum(['client', 'server', 'both']);
const severity = z.enum(['DEBUG', 'INFO', 'NOTICE', 'WARN', 'MARK', 'ERROR', 'CRIT', 'ALERT', 'RECEIVED']);

/**
 * How a field of a record is tested. A string means "equal, case ignored"; of a list one is enough; several tests must all
 * hold; a field that the record lacks passes only `not` and `lacks`. No expressions: an administrator reads this.
 */
const fieldTest = z.union([
  z.string(),
  z.strictObject({
    is: z.array(z.string()).optional(),
    not: z.array(z.string()).optional(),
    starts: z.array(z.string()).optional(),
    ends: z.array(z.string()).optional(),
    has: z.array(z.string()).optional(),
    lacks: z.array(z.string()).optional(),
    /** In a pattern of a record: the value is another one than that of this field. */
    differs: z.string().optional(),
    /** In a companion only: the value stands in this field of the sign, or is the same (`path` of one in `obj` of the other). */
    partOf: z.string().optional(),
  }),
]);

/** Which records are meant: a catalogue entry, narrowed by text, side, severity or field values. */
const pattern = z.strictObject({
  message: messageId,
  /** One of the entry's texts by its id, or a list of them of which each is meant; absent means any. */
  text: z
    .union([id, z.array(id).min(1)])
    .transform((ids) => [ids].flat())
    .optional(),
  side: z.enum(['client', 'server']).optional(),
  severity: severity.optional(),
  /** Where it was read; `file` is a log file, known by its signature lines. */
  sink: z.enum(['file', 'terminal', 'syslog', 'journal', 'mail', 'relayed']).optional(),
  /** The first record of a log: the line [SOF] stands right before it. */
  opens: z.literal(true).optional(),
  /** Tests by the field names of the entry's plain template placeholders. */
  fields: z.record(z.string(), fieldTest).optional(),
});

/** A companion record that must be there, or must not. */
const companion = pattern.extend({
  /**
   * near: within ten seconds (without time stamps: within twenty records of the same text), for the same client, and in the
   * same run of it; try: so near that it is the same try to connect, within a second (or four records); host: anywhere for the same client (default); input: anywhere at all.
   */
  within: z.enum(['near', 'try', 'host', 'input']).default('host'),
  /** Only before, or only after, the sign. */
  when: z.enum(['before', 'after']).optional(),
});

const weight = z.enum(['proves', 'points', 'fits']);

const sign = pattern.extend({
  /** proves: nothing else prints it. points: so in every captured run, but another cause is thinkable. fits: one of several. */
  weight,
  /** Among problems that the same line fits: 1 is the commonest. */
  rank: z.number().int().min(1).optional(),
  /** In a `local` problem: the other program printed it, which only noticed the effect. */
  effect: z.boolean().optional(),
  /**
   * Wherever the problem shows itself, this side prints this line, or another one that is marked so. Where a log covers the
   * time, at this severity, and has none of them, the problem is excluded. Only what captured runs show, all of them.
   */
  always: z.literal(true).optional(),
  with: z.array(companion).optional(),
  without: z.array(companion).optional(),
  /**
   * Only where many of these lines come at once: so many different values of the field within so many seconds, each tried
   * once and none of them a client that the input knows. Together they are one case, and no sign of another problem.
   */
  many: z
    .strictObject({ field: z.string(), values: z.number().int().min(2), seconds: z.number().positive() })
    .optional(),
  /** The case of the problem that this line shows: one of `cases`. */
  case: id.optional(),
  /** Why the line has this weight; shown to the reader. */
  because: z.string(),
});

/** Something printed that is no record: an explanation between dashed lines, or an emergency line on the terminal. */
const block = z
  .strictObject({
    /**
     * crash: a line of the system or a shell that says that samhain or yule was ended. torn: a record of a log file of which the
     * end was not written. Absent: what the program prints.
     */
    kind: z.enum(['crash', 'torn']).optional(),
    /** All of these stand in it, in any order, case ignored. */
    words: z.array(z.string()).default([]),
    side: z.enum(['client', 'server']).optional(),
    weight,
    with: z.array(companion).optional(),
    /** The case of the problem that this shows: one of `cases`. */
    case: id.optional(),
    because: z.string(),
  })
  .refine(({ kind, words }) => kind !== undefined || words.length > 0, {
    path: ['words'],
    message: 'a block is known by its words or its kind',
  });

/** A record that follows from the problem. */
const consequence = companion.extend({
  /** Only the first one after each sign. */
  first: z.boolean().optional(),
});

/**
 * A record that shows the end of the problem, where `stops` does not say it; it counts if it is later than the last sign.
 * `partOf` compares with the signs.
 */
const recoveryPattern = companion.extend({
  /** These must be there too, and be later than the last sign as well. */
  with: z.array(companion).optional(),
  /** With one of these it shows no end. */
  without: z.array(companion).optional(),
  /** Not if the record was read on a terminal as well: so is only that of a program in the foreground. */
  daemon: z.literal(true).optional(),
});

/**
 * A step of a fix. Commands may use {name} for the names declared in the problem's `values` and for every variable of
 * variables.yaml. Write them as if the value stood there: `ls -l {log}`, `"$(dirname {log})"`. For a value of the lines the
 * page sets a variable above the command and uses it in each place; a value of the setup stands in the command. Not inside
 * single quotes, and not where a second program reads it as its own language (sh -c, eval, xargs, ssh, the program of awk
 * or sed, the remote path of scp …): the build refuses it.
 */
const fixStep = z.strictObject({
  do: z.string(),
  /** Where it is done. */
  at: side.optional(),
  /** Which terminal there: steps with the same number share a shell, and what it holds. */
  terminal: z.number().int().min(1).optional(),
  run: z.string().optional(),
  /**
   * True if the command changes anything: then no path or user out of a log goes into it by itself, and a value that
   * nobody knows stops it. The build asks for it where it sees `rm`, `chown`, `>` and the like.
   */
  changes: z.boolean().default(false),
  /** What the command prints; in words, or as it is printed. */
  prints: z.string().optional(),
  /** No captured run shows that it prints this; the page says so. */
  captured: z.literal(false).optional(),
  /** In a diagnosis only if one of these records is there; on a page, which speaks to everybody, always. */
  if: z.array(pattern).min(1).optional(),
  /** guide id, optionally with #anchor */
  procedure: z.string().optional(),
});

/** A step of the verification. */
const verifyStep = fixStep.extend({
  /** The records that show that it holds: names of recoveries.yaml. Lines that hold one of them tick the step. */
  shows: z.array(id).default([]),
});

/**
 * One of several ways in which a problem can have come about, with what fixes that one. What all of them have in common
 * stands in the problem's own steps, which come after the case's.
 */
const problemCase = z.strictObject({
  id,
  /** What it is, as a heading: "The line was cut when it was pasted". */
  title: z.string(),
  /** What the one test that chooses it shows then: "It prints the name." */
  when: z.string(),
  /** That test; absent where it is the one of the case before. */
  test: fixStep.optional(),
  steps: z.array(fixStep).default([]),
  /** The anchor of the heading that was in its place, where a published page had one: it leads here. */
  formerly: z
    .string()
    .regex(/^[a-z0-9_-]+$/, 'the anchor of a heading')
    .optional(),
});

/** On what an answer can depend: how the client gets its configuration, and whether it ran when the fault came. */
const variants = ['downloaded', 'local', 'running', 'starting'] as const;

/**
 * One short answer about what a problem costs until it is fixed. A sentence, or one for each variant where it depends on
 * that, or `unknown` with the reason why nobody can say.
 */
const cost = z.union([
  z.string(),
  z.strictObject({ unknown: z.string() }),
  z.partialRecord(z.enum(variants), z.string()).refine((one) => Object.keys(one).length > 1, {
    message: `needs at least two of ${variants.join(', ')}`,
  }),
]);

const impact = z.strictObject({
  /** Does anything watch the host meanwhile? */
  watched: cost,
  /** Are its reports kept, where and how many, or lost? */
  reports: cost,
  /** Does it heal by itself, and by when? */
  heals: cost,
  /** Can an intruder look like this? */
  intruder: cost,
});

const decision = z.strictObject({
  /** Where to look. */
  on: side,
  /** What to look for. Cases with the same command are shown as one: then each `look` says what its words mean. */
  look: z.string(),
  run: z.string().optional(),
  /** Not asked for if one of these records is there. */
  unless: z.array(pattern).optional(),
});

const checkId = z
  .string()
  .regex(/^(client|server)\.[a-z0-9]+(-[a-z0-9]+)*$/, 'client. or server. and words joined by hyphens');

/**
 * What a line can tell to a command, or only the reader knows. Where things are on a system is no such value: those are the
 * variables of variables.yaml, which every command may use. An example: `{ what: the log that the line names, fields: [obj],
 * kind: path, setup: server_log }`.
 */
const commandValue = z
  .strictObject({
    /** What it looks like, for a value that only the reader knows. */
    example: z.string().optional(),
    /** Fields of the evidence that hold it. */
    fields: z.array(z.string()).default([]),
    /** Other records of the same program that hold it, where the evidence does not: the nearest one counts. */
    from: z.array(z.strictObject({ message: messageId, fields: z.array(z.string()).min(1) })).default([]),
    /** Options of a configuration that hold it; of `Client` the name in a line that is evidence. */
    options: z.array(z.strictObject({ option: z.string(), side: z.enum(['client', 'server']) })).default([]),
    /** Outputs of checks that show it: the part `value`, where all lines that fit have the same. */
    outputs: z.array(z.strictObject({ check: checkId, matches: z.string() })).default([]),
    /** The variable that it is where no line says otherwise: `server_log`, or `log` for that of the side. */
    setup: z.string().optional(),
    /** The example is a good choice as it is, and stands in the command: a folder that the fix makes anew. */
    usual: z.boolean().default(false),
    what: z.string(),
    /**
     * What a value out of a line must look like to be taken. host: a name or an address of another host. name: a host's own
     * name, no address and not that of the server itself: what may stand in a line that lets a client in. path: a full path.
     * number: digits.
     */
    kind: z.enum(['host', 'name', 'path', 'number', 'text']).default('text'),
    /** Only from records of this side. */
    side: z.enum(['client', 'server']).optional(),
  })
  .refine(({ setup, example }) => (setup === undefined) !== (example === undefined), {
    path: ['setup'],
    message: 'a value is what a variable of the setup is (setup), or only looks like an example (example): one of both',
  })
  .refine(({ setup, usual, fields, from }) => fields.length + from.length === 0 || !usual || setup !== undefined, {
    path: ['usual'],
    message: 'what a line can tell is no choice of ours',
  });

export const problemSchema = z
  .strictObject({
    id,
    title: z.string(),
    /** The verdict: one sentence that can stand alone. */
    summary: z.string(),
    /** The step of a connection at which it arises, or what around it: one of steps.yaml. */
    step: id,
    /** Place within its step, commonest first; 50 if absent. */
    order: z.number().optional(),
    decisiveSide: side,
    /**
     * The fault is in the program that printed the line, be it samhain or yule, and is fixed where that runs: steps for
     * the other side are left out, and paths and names are those of that program.
     */
    local: z.boolean().default(false),
    /** Where the old HOWTO spoke of it, if it did; old names are redirected and searched for. */
    howto: z.string().optional(),
    /** Words that people use for it, for the search. */
    also: z.array(z.string()).default([]),
    /** fault: something does not work. warning: all works, but somebody should look; listed after the faults. */
    urgency: z.enum(['fault', 'warning']).default('fault'),
    signs: z.array(sign).default([]),
    /** Signs that are no records. A problem has at least one sign or block. */
    blocks: z.array(block).default([]),
    /**
     * Records that this problem causes further on; they are no signs of another problem while this one stands: names of
     * consequences.yaml, or records of its own.
     */
    consequences: z.array(z.union([id, consequence])).default([]),
    /**
     * How it ends, of which the lines themselves tell. true: it stops a connection at its step, and is over when the same
     * client later reaches a later one (`reaches` of the messages); what stops the server is over when any client does.
     * false: connections are made all the same, and it is over when the client's records go on without a sign for longer than
     * the signs were apart. Absent: neither; no later record shows an end, unless `fixedBy` names it.
     */
    stops: z.boolean().optional(),
    /** Records that show its end where `stops` cannot say it; say why. Names of recoveries.yaml, or records of its own. */
    fixedBy: z.array(z.union([id, recoveryPattern])).default([]),
    /** The client says nothing any more: as long as it stands, the client's state is "silent". */
    silence: z.boolean().optional(),
    /** Similar problems and what tells them apart. */
    similar: z.array(z.strictObject({ problem: id, tell: z.string() })).default([]),
    /** What to look for next when the lines given do not decide. */
    decide: z.array(decision).default([]),
    /** Values that fill commands beside those of the setup: from the lines, or put in by the reader. */
    values: z.record(z.string(), commandValue).default({}),
    /** What it costs until it is fixed. */
    impact,
    /** Where there are several ways into it: first the case is chosen, then come the steps that all have in common. */
    cases: z.array(problemCase).default([]),
    /** The fix: what all cases have in common, or all of it where there is one way only. */
    steps: z.array(fixStep).min(1),
    verify: z.array(verifyStep).min(1),
    /** Captured runs (folders of tests/captures), the first one shown on the page. */
    captures: z.array(z.string()).default([]),
    /** Lines that no capture holds, made from the catalogue's templates; shown as such. */
    lines: z.array(z.strictObject({ side: z.enum(['client', 'server']), text: z.string() })).default([]),
    /** "captures" if a captured run shows it; else what it is known from. */
    known: z.enum(['captures', 'source']),
    updated: day,
  })
  .refine((problem) => problem.signs.length + problem.blocks.length > 0, {
    path: ['signs'],
    message: 'a problem needs at least one sign or block',
  });

const harmless = z.strictObject({
  severity: severity.optional(),
  fields: z.record(z.string(), fieldTest).optional(),
  with: z.array(companion).optional(),
  without: z.array(companion).optional(),
  because: z.string(),
});

/**
 * The step that a connection has come to when this is printed: all before it are done. Only what cannot be printed earlier;
 * with `fields`, only if these hold.
 */
const reaches = z.union([id, z.strictObject({ step: id, fields: z.record(z.string(), fieldTest) })]);

const meaning = {
  meaning: z.string(),
  action: z.string().optional(),
  /** Of a text: in place of what the message says. */
  reaches: reaches.optional(),
  /** A client prints, or causes, this when it comes with nothing agreed before: at its start, not when it goes on. */
  begins: z.boolean().optional(),
  /** When the line looks bad but is not. */
  harmless: z.array(harmless).default([]),
};

export const messageSchema = z.strictObject({
  id: messageId,
  /** The line is known and its id in the source is not: this one is the site's. */
  unnamed: z.literal(true).optional(),
  /** path: the way between client and server; report: a result of the file check; trace: audit and debug lines. */
  kind: z.enum(['path', 'report', 'trace']),
  step: id,
  side,
  severity,
  /** Severities that single call sites use instead. */
  alsoSeverity: z.array(severity).default([]),
  class: z.string(),
  /** {name} marks what varies. Several forms where versions differ. */
  forms: z
    .array(
      z.strictObject({
        plain: z.string(),
        xml: z.string(),
        versions: z.array(version).optional(),
        note: z.string().optional(),
      }),
    )
    .min(1),
  versions: z.array(version).min(1),
  /** False for texts that are in the tables but that no code prints. */
  printed: z.boolean().default(true),
  /** Only in programs built so. */
  build: z.string().optional(),
  /**
   * The server prints it of a session, and it names nobody. opens: the session begins with it, and is the client's that its
   * next record names. within: the server goes on in the same breath, so the record that follows tells whose it is.
   */
  session: z.enum(['opens', 'within']).optional(),
  /** The program says with it that it has begun, or that it ends. */
  process: z.enum(['begins', 'ends']).optional(),
  /** Meaning of each {name}. */
  fields: z.record(z.string(), z.string()).default({}),
  /**
   * What a {name} can be, where samhain prints nothing else there: a record with another value is none of this message's.
   * number; path: a full one; tag: a word in square brackets; rights: as `ls -l` shows them; marks: capital letters and
   * hyphens; texts: one of the entry's `texts`; or one of a list.
   */
  takes: z
    .record(
      z.string(),
      z.union([z.enum(['number', 'path', 'tag', 'rights', 'marks', 'texts']), z.array(z.string()).min(1)]),
    )
    .default({}),
  /** Those of them that hold a secret; `of`: only if the option that this field names holds one. */
  secrets: z.array(z.union([z.string(), z.strictObject({ field: z.string(), of: z.string() })])).default([]),
  ...meaning,
  /** For carriers of free text: what the text can be. `text` is the value of the template's free part of msg. */
  texts: z
    .array(
      z.strictObject({
        id,
        text: z.string().optional(),
        where: z.record(z.string(), fieldTest).optional(),
        side: side.optional(),
        step: id.optional(),
        severity: severity.optional(),
        versions: z.array(version).optional(),
        ...meaning,
      }),
    )
    .default([]),
  source: z.array(z.string()).default([]),
});

/** Answers of one question: more are not read at a glance. */
export const mostAnswers = 8;
/** Problems that "I don't know" leaves: more are no answer. */
export const mostUnknown = 3;
/** Questions on any way. */
export const mostQuestions = 6;

/** Where an answer leads: to one question, one problem, or one end without a problem. */
const way = { next: id.optional(), problem: id.optional(), end: id.optional() };

const answer = z.strictObject({
  id,
  label: z.string(),
  /** A line as printed that the person may recognise. */
  line: z.string().optional(),
  hint: z.string().optional(),
  ...way,
});

/** A way out beside the answers. `id` is its name in an address, where it was an answer of another name before. */
const wayOut = z.strictObject({ id: id.optional(), ...way, say: z.string().optional() });

export const questionSchema = z.strictObject({
  id,
  ask: z.string(),
  /** How to find the answer out: prose (Markdown). */
  how: z.string(),
  on: side.optional(),
  run: z.string().optional(),
  /** The program that the command ends before it shows anything. The page says what that costs. */
  stops: z.enum(['client', 'server']).optional(),
  answers: z.array(answer).min(2).max(mostAnswers),
  /** Where "None of these" leads. Absent where one of the answers must be true. */
  none: wayOut.optional(),
  /** Where "It works, I only wonder about this line" leads. Absent where that cannot be. */
  fine: wayOut.optional(),
  /** Where "I don't know" leads: another question, or the problems that remain, likeliest first. */
  unknown: z.strictObject({
    next: id.optional(),
    problems: z.array(id).max(mostUnknown).optional(),
    say: z.string().optional(),
  }),
});

/** Where the wizard ends without a problem to fix. */
export const endSchema = z.strictObject({
  id,
  /** no-fault: all is well. elsewhere: a fault, or a report, that is not between client and server. open: nothing is decided. */
  kind: z.enum(['no-fault', 'elsewhere', 'open']),
  /** Without the words of its kind, which stand before it. */
  title: z.string(),
  /** The verdict in a sentence or two. */
  summary: z.string(),
  /** Lines as printed that lead here. */
  lines: z.array(z.string()).default([]),
  /** What the lines mean: paragraphs of Markdown. */
  means: z.string(),
  /** Why it is harmless, or how it is known that client and server work. */
  why: z.string().optional(),
  /** A look that confirms it: a check, or a command of its own, and what it shows then. */
  check: z
    .union([
      z.strictObject({ id: z.string(), good: z.string() }),
      z.strictObject({ on: z.enum(['client', 'server']), run: z.string(), good: z.string() }),
    ])
    .optional(),
  /** What to do, as Markdown: where there is something to do. */
  go: z.array(z.string()).default([]),
  /** When it is something else after all: what then, or where that leads. */
  unless: z
    .array(
      z.strictObject({
        if: z.string(),
        say: z.string().optional(),
        problem: id.optional(),
        question: id.optional(),
        end: id.optional(),
      }),
    )
    .default([]),
  /** Words by which it may be looked for. */
  also: z.array(z.union([z.string(), z.number().transform(String)])).default([]),
  updated: day,
});

/** Records that follow from a problem, named where several problems share them. */
export const consequencesSchema = z.strictObject({ id, what: z.string(), records: z.array(consequence).min(1) });

/** Records that show that something works. */
export const recoverySchema = z.strictObject({ id, what: z.string(), records: z.array(recoveryPattern).min(1) });

/** A step of a connection, or something that is around it. */
export const stepSchema = z.strictObject({
  id,
  title: z.string(),
  /** Not on the way of a connection, but around it. */
  around: z.boolean().default(false),
  /** What each side does here; the arrow between the lanes. */
  client: z.string().optional(),
  server: z.string().optional(),
  arrow: z.enum(['right', 'left', 'both', 'none']).default('none'),
  about: z.string(),
});

export const optionSchema = z.strictObject({
  /** Anchor on the options page: the name in lower case. */
  id,
  name: z.string(),
  /** Words by which it is asked for. */
  also: z.array(z.string()).default([]),
  kind: z.string(),
  side: z.string(),
  section: z.string().optional(),
  syntax: z.string().optional(),
  default: z.string().optional(),
  what: z.string(),
  versions: z.string(),
  messages: z.array(messageId).default([]),
  problems: z.array(id).default([]),
  /** What the running program needs to take a change. */
  needs: z.enum(['reload', 'restart', 'nothing']).optional(),
  /** It says down to which severity records are written there: where that cannot be told from them, it is asked for. */
  thresholdOf: z.enum(['file', 'terminal', 'syslog']).optional(),
  /**
   * What of it is secret, and masked wherever pasted lines are shown. value: all that it is set to. rest: of
   * `name@salt@verifier` all but the name. argument: the digits that follow it in a command.
   */
  secret: z.enum(['value', 'rest', 'argument']).optional(),
  /** Further words that a secret follows: another name of the program, words of what it prints. */
  secretAfter: z.array(z.string()).default([]),
});

const build = z.enum(['client', 'server', 'stand-alone']);

/** A section of a configuration. */
export const sectionSchema = z.strictObject({
  section: z.string().regex(/^\w+$/, 'the name without brackets'),
  /** Programs that know it. */
  builds: z.array(build).default(['client', 'server', 'stand-alone']),
  /** A module's: it may be missing in any of them. */
  module: z.boolean().optional(),
  /** The smallest depth of a path in it, if below 0. */
  least: z.number().int().negative().optional(),
});

/** Words of one kind, of which values and conditions are made. */
export const settingWordsSchema = z.strictObject({
  kind: z.enum(['severity', 'class', 'test']),
  /** Severities from the lowest to the highest; of the tests the first asks for the host's name. */
  words: z.array(z.string()).min(1),
  /** The words for all of them and for none. */
  all: z.string().optional(),
  none: z.string().optional(),
  /** Words that are taken and mean nothing. */
  ignored: z.array(z.string()).optional(),
});

/** What the reader of configurations knows of an option; options.yaml explains those that matter. */
export const settingSchema = z.strictObject({
  name: z.string().regex(/^\w+$/),
  in: z.array(z.string()).min(1),
  builds: z.array(build).min(1),
  /** Kind of value: what of it the program refuses, and how it is read. */
  value: z.enum([
    'text',
    'token',
    'yes-no',
    'number',
    'positive',
    'port',
    'severities',
    'severity',
    'classes',
    'client',
    'host',
    'address',
    'path',
    'depth-path',
    'plain-path',
    'word',
  ]),
  /** The only values; values beside those of the kind; a regular expression that each must match. */
  words: z.array(z.string()).optional(),
  also: z.array(z.string()).optional(),
  form: z.string().optional(),
  /** What a second line does. */
  twice: z.enum(['last', 'first', 'adds']).default('last'),
  /** So many lines are taken. */
  most: z.number().optional(),
  /** Published sample entries, by their sum. */
  samples: z.array(z.string()).optional(),
  secret: z.boolean().optional(),
  /** True if it takes no value. */
  bare: z.boolean().optional(),
  /** What must be compiled in. */
  if: z.string().optional(),
  default: z.string().optional(),
});

const settingTest = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.strictObject({
    is: z.array(z.string()).optional(),
    not: z.array(z.string()).optional(),
    matches: z.string().optional(),
    above: z.number().optional(),
    below: z.number().optional(),
  }),
]);
const known = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** A finding in a configuration; the fields are explained at `Rule` of engine/config/judge.ts. */
export const ruleSchema = z.strictObject({
  rule: id,
  degree: z.enum(['breaks', 'misleads', 'untidy']),
  files: z.array(z.enum(['client', 'server'])).optional(),
  needs: z.array(z.enum(['other-file', 'log', 'mode', 'check', 'setup'])).default([]),
  quiet: z.boolean().optional(),
  when: z.record(z.string(), settingTest).default({}),
  unless: z.strictObject({ option: z.array(z.string()) }).optional(),
  lacks: z.array(z.string()).optional(),
  against: z.strictObject({ option: z.string(), default: z.string(), is: z.enum(['not-above', 'differs']) }).optional(),
  seen: z
    .strictObject({
      message: z.string(),
      text: z.array(z.string()).optional(),
      field: z.array(z.string()).default([]),
      fact: z.string().default(''),
      is: z.enum(['same', 'first-part', 'longer', 'misspelt', 'only', 'there']),
    })
    .optional(),
  mode: z.number().optional(),
  setup: known.optional(),
  says: z.string(),
  effect: z.string(),
  write: z.string().optional(),
  edit: z.string().optional(),
  problem: id.optional(),
  case: z.string().optional(),
  nobody: z.boolean().optional(),
  versions: z.string().default('4.1.4 and 4.2.0'),
});

const variableId = z.string().regex(/^[a-z]+(_[a-z]+)*$/, 'lower-case words joined by underscores');
const plainText = z.string().regex(/^[^\n]+$/, 'one line');

/**
 * What differs from one installation to the next: a file, a user, the command that starts yule. Commands call it by its id:
 * `tail {server_log}`. An example: `{ id: server_log, side: server, kind: path, title: Log }`.
 */
export const variableSchema = z.union([
  z.strictObject({
    id: variableId,
    side,
    /**
     * What a value that a reader types must look like. path: a full path. name: a user, a group, a program. number: digits.
     * tool: a command or its beginning; nobody types it, because what is typed is one word.
     */
    kind: z.enum(['path', 'name', 'number', 'tool']),
    /** As the list of a setup's values names it. Without it the value is not listed and cannot be changed. */
    title: z.string().optional(),
    /** Made from another one, as `{server_log}.lock` is. No setup gives its value. */
    is: z.string().optional(),
    /** The folder that the path of this variable is in. No setup gives its value. */
    folderOf: variableId.optional(),
    /** What a command must not say in its place, beside its value in the first setup. */
    literals: z.array(z.string()).default([]),
  }),
  /** Stands for the one of the side on which the command is run: `{log}` in a step `on: client` means `{client_log}`. */
  z.strictObject({ id: variableId, either: z.strictObject({ client: variableId, server: variableId }) }),
]);

/**
 * A value, or why there is none; `note` is what a reader should know before it is believed. In one of kind `tool` another
 * variable may stand: `runuser -u {server_user} --`.
 */
const setupValue = z.union([
  plainText,
  z.strictObject({ value: plainText, note: z.string().optional() }),
  z.strictObject({ none: z.string() }),
]);

/**
 * How samhain was installed: where things are then, and how they are started. An example:
 * `{ id: arch, title: 'Arch, from the AUR', about: 'systemctl', versions: 4.4.7, system: Linux, shell: sh,
 * known: The PKGBUILD, values: { server_program: /usr/bin/yule } }`.
 */
export const setupSchema = z.strictObject({
  id,
  title: z.string(),
  /** What it is known by, beside its title. */
  about: z.string(),
  /** The one program that it installs, where there is no other. */
  build: build.optional(),
  /** Of the package; of the source build the versions that the content was checked with. */
  versions: z.string(),
  /** Whose tools the commands use. */
  system: z.string(),
  /** What root's shell may be. Commands are for sh, bash or zsh: where it is csh, the page says so. */
  shell: z.enum(['sh', 'csh']),
  /** Where these facts are from. */
  known: z.string(),
  /** By variable. What is not named here is as in the first setup, which names all. */
  values: z.record(variableId, setupValue),
});

export const guideSchema = z.strictObject({
  id,
  title: z.string(),
  summary: z.string(),
  /** background: how things work; procedure: how a step is carried out. */
  kind: z.enum(['background', 'procedure']),
  /** Work for a quiet day: nobody does it while something is broken. The single file has it packed, as it has background. */
  planned: z.literal(true).optional(),
  order: z.number(),
  side: side.optional(),
  versions: z.string().optional(),
  also: z.array(z.string()).default([]),
  updated: day,
});

/** A line as it was printed, of which the page of its message makes a quotation. Made by `npm run samples`. */
export const sampleSchema = z.strictObject({
  message: messageId,
  text: id.optional(),
  form: z.enum(['plain', 'xml']),
  line: z.string(),
  /** Folder of tests/captures that holds the line. */
  capture: z.string(),
  /** The versions in whose runs it is, the newest first. */
  versions: z.array(version).min(1),
});

/** A way in on the home page: what somebody sees, in his own words, with the line of a message. */
export const symptomSchema = z.strictObject({
  id,
  title: z.string(),
  side: z.enum(['client', 'server']),
  message: messageId,
  text: id.optional(),
  /** Question of the wizard that goes on from here. */
  question: id,
});

/** A problem that an outcome speaks of; of one that both sides can have, with the side that is meant: `stale-lock@server`. */
const problemOnSide = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*(@\w+)?$/, 'a problem id, or one with @client or @server');
const outcomeId = z.string().regex(/^[a-z0-9?=]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');

/** How often something occurs; a number means exactly so often. */
const times = z.union([
  z.int().min(0),
  z.strictObject({ min: z.int().min(0).optional(), max: z.int().min(0).optional() }),
]);

/** What a named part of an expression must be; several tests must all hold. `{places}` stand for known values. */
const partTest = z.strictObject({
  /** A number, at least so large. */
  min: z.number().optional(),
  /** A number, at most so large. */
  max: z.number().optional(),
  /** One of these, case ignored. */
  is: z.array(z.string()).optional(),
  /** None of these, case ignored. */
  not: z.array(z.string()).optional(),
  /** Has one of these as a word, case ignored. */
  words: z.array(z.string()).optional(),
  /** Begins with one of these, case ignored. */
  starts: z.array(z.string()).optional(),
  /** The line has no such part (true), or has one (false). */
  absent: z.boolean().optional(),
  /** The first label of this name: `web1` of `web1.example.net`. */
  short: z.string().optional(),
  /** true: another line that the expression fits has the same value, case ignored. false: none has. */
  repeated: z.boolean().optional(),
  /** No line that the expression fits has this value in that part: a parent that is no process of the list. */
  notAmong: z.string().optional(),
});

/** Lines of the output, by a regular expression with named parts: `^LISTEN +(?<queue>\d+)`. */
const lineTest = z.strictObject({
  /**
   * `{port}` and the like stand for known values; where the value is not known, the test does not hold. Several where tools
   * print the same in other ways: of a line the first that fits counts.
   */
  matches: z.union([z.string(), z.array(z.string()).min(2)]),
  /** Tests by the names of the expression's parts. */
  where: z.record(z.string(), partTest).optional(),
  /** Of the lines that fit only the last: of settings that stand twice it holds. */
  of: z.literal('last').optional(),
  /** How many lines must be so; at least one if absent. */
  times: times.optional(),
});

/** A condition on what a command printed, without prompts and command lines. All that it says must hold. */
const condition = z.strictObject({
  /** Nothing was printed, and it is known that the command ran. */
  empty: z.literal(true).optional(),
  /** Each of these words is there, case ignored. */
  has: z.array(z.string()).min(1).optional(),
  /** At least one of these is. */
  hasOne: z.array(z.string()).min(1).optional(),
  /** None of these is. */
  lacks: z.array(z.string()).min(1).optional(),
  /** There are such lines. */
  lines: z.array(lineTest).min(1).optional(),
  /** The last line that is no signature and not blank is so. */
  last: lineTest.pick({ matches: true, where: true }).optional(),
  /** Every line that is no signature and not blank is so, and there is one. */
  every: lineTest.pick({ matches: true, where: true }).optional(),
  /** The exit status that `echo "rc=$?"` prints. */
  status: z.int().min(0).max(255).optional(),
  /** Who asked, by the prompt: # or another. Where no prompt is seen the condition does not hold. */
  as: z.enum(['root', 'user']).optional(),
  /** Nobody knows the value of this place: what can be said without it. */
  unknown: z.string().optional(),
});

/** Another command that people run in place of a check's own. No page shows it; its output is read by the same outcomes. */
const readCommand = z.union([
  /** As it is typed. */
  z.strictObject({ run: z.string() }),
  z.strictObject({
    /** Its program is one of these. */
    first: z.array(z.string()).min(1),
    /** One of its words is so: an expression of the whole word, `{port}` filled in. */
    needs: z.string().optional(),
    /** Each of its words that is no option is so, those of a grep behind it included. */
    rest: z.string(),
    /** Who is not root is told nothing, so that no output is no answer. */
    silent: z.literal('root').optional(),
  }),
]);

/**
 * When an outcome is meant: a condition, one of several, `empty` for an output of nothing at all, or `otherwise` for
 * whatever no outcome before it fits. Outcomes are tried in their order; the first that fits counts.
 */
const when = z
  .union([
    z.enum(['empty', 'otherwise']),
    z.strictObject({ any: z.array(condition).min(2) }).transform(({ any }) => any),
    condition.transform((one) => [one]),
  ])
  // One form for all readers: any of a list of conditions. One that says nothing always holds.
  .transform((one): z.infer<typeof condition>[] => {
    if (typeof one !== 'string') return one;
    return one === 'empty' ? [{ empty: true }] : [{}];
  });

/** What a statement about problems says; a single id may stand alone. */
const problemList = z
  .union([problemOnSide, z.array(problemOnSide).min(1)])
  .transform((ids) => [ids].flat())
  .default([]);

/** What an output, or several together, says of problems. A check shows the present; an old line speaks of the past. */
const says = {
  /** The fault is there now, and this output alone shows it. */
  proves: problemList,
  /** It fits; a second sign is needed. */
  points: problemList,
  /** Cannot be the cause now. Never in an outcome of somebody who was not permitted to look. */
  excludes: problemList,
};

const outcome = z.strictObject({
  id: outcomeId,
  when,
  /** What it prints, in words: "only the heading". */
  prints: z.string(),
  /** What that means, as a sentence. */
  means: z.string(),
  ...says,
  /** Where this holds too, the outcome says nothing of any problem: a page that is empty because its program has ended. */
  nothingIf: when.optional(),
  /** Which case of the proven problem it is. */
  case: id.optional(),
  /** The check to go on with. */
  next: checkId.optional(),
  /** A short real output, without prompt and command. Absent only where nothing is printed. */
  shows: z.string().optional(),
  /** False if no captured run printed what it shows. */
  captured: z.boolean().default(true),
});

/** A command that a person runs to see how things are, and every outcome that its output can have. */
export const checkSchema = z.strictObject({
  id: checkId,
  /** Where it is run. */
  on: z.enum(['client', 'server']),
  /** Place among all checks: what is worth asking first comes first; 50 if absent. */
  order: z.number().default(50),
  /** The question that it answers. */
  ask: z.string(),
  /** What to know before running it, or before believing it. */
  note: z.string().optional(),
  /** The command; `{server_log}` and the like are declared in check-values.yaml. */
  run: z.string(),
  /** Other commands with the same outcomes: an id of its own, or what another system has in its place. */
  variants: z
    .array(
      z
        .strictObject({ id: checkId.optional(), system: z.enum(['freebsd', 'linux']).optional(), run: z.string() })
        .refine(({ id, system }) => id ?? system, 'needs an id or a system'),
    )
    .default([]),
  /** Other commands whose output is read too. */
  reads: z.array(readCommand).default([]),
  /** What the output names of a place whose value nobody knows, by an expression with a part `value`: where it is one alone, it is that. */
  alone: z.record(z.string(), z.string()).default({}),
  /** Programs that answer a similar question in words that are not read. */
  resembles: z.array(z.string()).default([]),
  /** True if it changes something: most checks only look. */
  changes: z.boolean().default(false),
  /** What it leaves behind where it is run or at the other side: lines of a log that are no fault. */
  leaves: z.string().optional(),
  /** The records of these that are no fault where the check was run lately. */
  traces: z.array(pattern).default([]),
  /** Who may ask. log, configuration, data: root, or who may read the log, read the configuration, enter the data directory. */
  as: z.enum(['anyone', 'root', 'log', 'configuration', 'data']),
  /** What secret the output can hold. */
  secrets: z.string().optional(),
  outcomes: z.array(outcome).min(2),
});

/** A step of the page to walk: a check, in the order in which they are asked. */
export const walkSchema = z.strictObject({
  check: checkId,
  /** Two or three words, as the list of steps names it. */
  title: z.string(),
  /** The question, in the words of somebody who looks for a break. */
  ask: z.string(),
  /** Outcomes with which the way goes on. */
  good: z.array(outcomeId).min(1),
  /** What these look like, on a sheet of paper. */
  looks: z.string(),
  /** Outcomes at which it breaks, what they look like, and where to look it up: a problem, or another step's check. */
  ifNot: z
    .array(
      z.strictObject({
        outcomes: z.array(outcomeId).min(1),
        say: z.string(),
        problem: id.optional(),
        check: checkId.optional(),
      }),
    )
    .min(1),
  /** What must hold for an answer to count. */
  counts: z.string().optional(),
});

/** Outcomes of several checks that say more together than each alone. */
export const combinationSchema = z.strictObject({
  /** Each entry is an outcome, or one of several: `server.process=none`. */
  all: z.array(z.union([z.string(), z.array(z.string()).min(2)]).transform((one) => [one].flat())).min(2),
  ...says,
  /** Why, as a sentence. */
  because: z.string(),
});

/** What other languages print in place of words of the locale C, in which outcomes are written. */
export const localeSchema = z.strictObject({
  says: z.string(),
  /** As the system's libraries translate it, letter by letter. */
  in: z.array(z.string()).min(1),
});

/** A `{place}` that commands and outcomes of checks can use beside the variables of the setup. */
export const checkValueSchema = commandValue.extend({
  id: z.string().regex(/^[a-z][a-z_]*$/, 'lower-case words joined by underscores'),
  /** True for the name of a client: where all lines are about one, it is that. */
  host: z.boolean().default(false),
  /** Sections of gather blocks that name it, by an expression with a part `value`. */
  found: z
    .array(z.strictObject({ side: z.enum(['client', 'server']), section: z.string(), matches: z.string() }))
    .default([]),
  /** The variable of the setup that it is: where a block names it, that counts and not the setup. */
  names: variableId.optional(),
});

/**
 * What a section of a gather block (`== samhain-gather FORMAT SIDE SECTION ==`) shows of a check: by the check's own outcomes, or,
 * where the block prints it otherwise, by these conditions.
 */
export const gatherSchema = z.strictObject({
  /** The format of the block, where another one prints it otherwise; absent for all. */
  format: z.int().optional(),
  side: z.enum(['client', 'server']),
  section: z.string().regex(/^[a-z]+$/, 'a word'),
  check: checkId,
  /** Read only where this holds in the section: that it is about yule's own user, that the file is the one which yule read. */
  given: when.optional(),
  /** Tried in their order. */
  when: z.array(z.strictObject({ outcome: outcomeId, when })).optional(),
});

/**
 * A part of the block that gathers what decides. In their order: the values of the setup, what the sections use (`begin`),
 * and the sections.
 */
export const gatherPartSchema = z
  .strictObject({
    on: z.enum(['client', 'server', 'both']),
    /** Names in the script, each with the variable of the setup that it holds. */
    values: z.record(z.string().regex(/^[A-Z]+$/), z.string()).optional(),
    /** Variables of these that a setup may not have: then the name is empty. */
    optional: z.array(z.string()).default([]),
    /** Stands above the sections: the names of what it defines. */
    begin: z.string().optional(),
    /** Is a section: the word of its marker, and the name of its function. */
    section: z
      .string()
      .regex(/^[a-z]{1,20}$/, 'a word')
      .optional(),
    /** It runs the commands of these checks as they are. */
    checks: z.array(checkId).default([]),
    /** The commands that it runs, in short, for those who read along. */
    shows: z.string().optional(),
    /** What for, as a sentence without its full stop. */
    for: z.string().optional(),
    /** The lines of the script; `{client_log}` and the like are the setup's. */
    run: z.string().optional(),
    /** In place of `run`, where the sides differ. */
    client: z.string().optional(),
    server: z.string().optional(),
  })
  .refine(
    (part) => [part.values, part.begin, part.section].filter(Boolean).length === 1,
    'is one of values, begin, section',
  )
  .refine(
    (part) => part.values || (part.shows && part.for),
    'needs shows and for: nobody should run what they cannot read',
  );

const searchTerms = z.array(z.string().regex(/^[a-z0-9][a-z0-9._ -]*$/, 'in small letters')).min(1);

/** What the search knows of words, and the pages that no other entry makes; each entry is one of these. */
export const searchWordSchema = z.union([
  /** Said in nearly every question, and of no help in answering it. */
  z.strictObject({ skip: searchTerms }),
  /** Said of so many pages that they count for little. */
  z.strictObject({ weak: searchTerms }),
  /** Each means the same; the others are taken for the first. */
  z.strictObject({ same: searchTerms.min(2) }),
  /** Words for which the site has others: those are looked for as well. */
  z.strictObject({ word: searchTerms, means: searchTerms }),
  /** Words that say that something is not so. */
  z.strictObject({ negation: searchTerms }),
  /** Words that mean something else after a negation: `report` is `silent` in "does not report". */
  z.strictObject({ not: searchTerms, means: searchTerms }),
  /** Pairs that people write as one word or as two. */
  z.strictObject({ joined: z.array(z.string().regex(/^[a-z]+ [a-z]+$/, 'two words')).min(1) }),
  /** Problems that an empty search field shows, the commonest first. */
  z.strictObject({ common: z.array(id).min(3) }),
  z.strictObject({
    page: z.string().regex(/^\/[a-z/]*\/$/, 'a path below the site: /offline/'),
    title: z.string(),
    summary: z.string(),
    also: z.array(z.string()).default([]),
  }),
]);

/** Words that read as if translated, and what to write in their place. */
export const wordSchema = z.strictObject({
  avoid: z.array(z.string()).min(1),
  write: z.string(),
  /** Some uses are right: named only where all is asked for. */
  all: z.boolean().default(false),
});

export type SearchWord = z.infer<typeof searchWordSchema>;
export type WordToAvoid = z.infer<typeof wordSchema>;
export type Check = z.infer<typeof checkSchema>;
export type Outcome = Check['outcomes'][number];
export type Condition = z.infer<typeof condition>;
export type LineTest = z.infer<typeof lineTest>;
export type PartTest = z.infer<typeof partTest>;
export type Combination = z.infer<typeof combinationSchema>;
export type GatherReading = z.infer<typeof gatherSchema>;
export type GatherPart = z.infer<typeof gatherPartSchema>;
export type CheckLocale = z.infer<typeof localeSchema>;
export type ReadCommand = z.infer<typeof readCommand>;
export type CheckValue = z.infer<typeof checkValueSchema>;
export type Sample = z.infer<typeof sampleSchema>;
export type Symptom = z.infer<typeof symptomSchema>;
/** A problem as it is written: sets of records by their names. */
export type WrittenProblem = z.infer<typeof problemSchema>;
/** With the records in place of the names. */
export type Problem = Omit<WrittenProblem, 'consequences' | 'fixedBy'> & {
  consequences: Consequence[];
  fixedBy: RecoveryPattern[];
  /** Checks of which an outcome proves or excludes it, in the order of asking. */
  checks: string[];
};
export type Consequences = z.infer<typeof consequencesSchema>;
export type Recovery = z.infer<typeof recoverySchema>;
export type Message = z.infer<typeof messageSchema>;
export type Question = z.infer<typeof questionSchema>;
export type WalkStep = z.infer<typeof walkSchema>;
export type End = z.infer<typeof endSchema>;
export type Step = z.infer<typeof stepSchema>;
export type Option = z.infer<typeof optionSchema>;
export type Setting = z.infer<typeof settingSchema>;
export type SettingWords = z.infer<typeof settingWordsSchema>;
export type SettingRule = z.infer<typeof ruleSchema>;
export type Section = z.infer<typeof sectionSchema>;
export type Variable = z.infer<typeof variableSchema>;
export type Setup = z.infer<typeof setupSchema>;
export type Guide = z.infer<typeof guideSchema>;
export type Pattern = z.infer<typeof pattern>;
export type Companion = z.infer<typeof companion>;
export type Sign = z.infer<typeof sign>;
export type Block = z.infer<typeof block>;
export type Consequence = z.infer<typeof consequence>;
export type Reaches = z.infer<typeof reaches>;
export type RecoveryPattern = z.infer<typeof recoveryPattern>;
export type FixStep = z.infer<typeof fixStep>;
export type Impact = z.infer<typeof impact>;
export type Cost = z.infer<typeof cost>;
export type FieldTest = z.infer<typeof fieldTest>;
