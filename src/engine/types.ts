/**
 * The shapes that travel through the engine: text → lines → records → messages → diagnoses.
 * Plain data only, so that the browser, a worker, the command line and the tests share them.
 */

export type Side = 'client' | 'server';

/** Where a record was read. `unknown` is a bare quoted message with nothing around it. */
export type Sink = 'file' | 'terminal' | 'syslog' | 'journal' | 'mail' | 'relayed' | 'unknown';

/** plain = `msg=<…>`, xml = `msg="…"`, bare = a quoted message with no record around it. */
export type Form = 'plain' | 'xml' | 'bare';

/** Severity in the plain form's spelling; RECEIVED stands for `<TCP>`, `<NET>` and XML `RCVT`. */
export type Severity = 'DEBUG' | 'INFO' | 'NOTICE' | 'WARN' | 'MARK' | 'ERROR' | 'CRIT' | 'ALERT' | 'RECEIVED';

/** One text given to the engine: a pasted text, a dropped file, a file of the command line. */
export interface Source {
  /** Shown to the user; unique within one input. */
  name: string;
  text: string;
  /** Side stated by the user (--client, --server); worked out from the records if absent. */
  side?: Side;
  /** Absent if all of it was read. */
  part?: Part;
  /** Of a large log: what the text leaves out, all of it read and understood. */
  excerpt?: Excerpt;
  /** The mark of encoding at the beginning of the file, which the text has no longer. */
  mark?: 'utf-8' | 'utf-16';
  /**
   * It was read from a file, and to its end: where the text ends, the file does. The end of any other text is only where
   * somebody stopped copying, and proves nothing.
   */
  toEnd?: true;
  /** Of a file that a command printed in a terminal: all of it, or a part from its beginning, or one up to its end. */
  printed?: 'whole' | 'beginning' | 'end';
  /** Permissions of the file, where they are known. */
  mode?: number;
}

/** What an excerpt leaves out. Plain data. */
export interface Excerpt {
  /** Where lines are missing: behind how many lines of the text, and how many. */
  gaps: readonly Gap[];
  /** Lines and bytes of the whole. */
  lines: number;
  bytes: number;
  /** Records that the sieve understood, kept or not. */
  clean: number;
  /** Records that were left out: each is known, and of a kind and a client of which others are kept. */
  records: number;
  /** By the line at which a kept record begins: so many more of its kind and client were left out. */
  stands: ReadonlyMap<number, number>;
  /** The longest pause of each client, where that can tell who it was that an address was. */
  pauses: readonly Pause[];
  /**
   * By the line of its last sign: of a problem that stops nothing, when its signs came, those too that were left out.
   * Milliseconds since 1970 UTC, by the problem.
   */
  tries: ReadonlyMap<number, ReadonlyMap<string, readonly number[]>>;
  /** Where which time stands in the file, in its order. */
  index: readonly Stretch[];
  /** Of a window that was chosen: how many lines lie before it and after it. */
  outside?: { before: number; after: number };
}

/** Some megabytes of a log, which begin with a record, and the times in them. */
export interface Stretch {
  /** Where it begins: byte and line. */
  at: number;
  line: number;
  /** Seconds since 1970 UTC. */
  from: number;
  to: number;
}

/** Between two records of a client, by their lines; `second`: how long the next longest was, milliseconds. */
export interface Pause {
  from: number;
  to: number;
  second: number;
}

/** Lines that are missing in a text. */
export interface Gap {
  after: number;
  skipped: number;
}

/** What is known of a file of which only a part was read. */
export interface Part {
  /** Lines that stand before the text and were left out; line numbers count them. */
  skippedLines: number;
  /** Size of the whole, unpacked, as far as it could be unpacked. */
  bytes: number;
  /** The archive is cut or damaged: what should follow the text could not be had. */
  broken?: boolean;
  /** Nothing of it could be read; the text is empty. */
  unreadable?: boolean;
  /** The reading was ended here, by whoever asked for it. */
  readBytes?: number;
  /** Lines that are no clean records, of which there were too many. */
  lostLines?: number;
}

/** One `name=<value>` or `name="value"` item, in the order of the record. Values are as printed, XML entities decoded. */
export interface Field {
  name: string;
  value: string;
}

/** One log entry as samhain writes it. */
export interface LogRecord {
  /** Index into the sources given. */
  source: number;
  /** First and last line, counted from 1, of everything that belongs to the record (signature included). */
  line: number;
  endLine: number;
  sink: Sink;
  form: Form;
  severity?: Severity;
  /** The record's own time stamp: milliseconds since 1970 UTC, if one was printed and can be read. */
  time?: number;
  /** The time stamp as printed. */
  stamp?: string;
  /** The date that the system's log has before it (`readWall`). */
  wall?: number;
  /** How far the clock of its client is ahead of the server's, where that is known: `time` is by the server's. */
  clock?: number;
  /** Everything after the header, one line, as printed (relayed records: the inner record's body). */
  body: string;
  fields: Field[];
  /** Name in the syslog or journal prefix, if any. */
  loggingHost?: string;
  /** Program named by the syslog tag, if any. */
  program?: 'Samhain' | 'Yule';
  /** Process id in the syslog tag or the journal, as printed. */
  pid?: string;
  /** File named by grep's prefix or by tail's `==> file <==`, if any. */
  origin?: string;
  /** What the debug header says: source file, source line, status number, as printed. */
  debug?: { file: string; line: string; status: string };
  /** For a relayed record: what the server's wrapper said. The rest of the record is the client's own. */
  relay?: { client: string; severity?: Severity; time?: number; stamp?: string };
  /** True where the text shows signs of a forged record (a record line inside another one's signature). */
  suspicious?: string;
  /** The record itself may be what a stranger sent in a value of the one above: it says no more than bare words do. */
  doubtful?: true;
  /** Cut at an end by copying; fields may be missing. */
  truncated?: boolean;
  /** An element with other attributes than samhain's own (`sev`, `tstamp`): any program may have written it. */
  strange?: true;
}

/** A line that is no record but is explained all the same. */
export interface Aside {
  source: number;
  line: number;
  endLine: number;
  /**
   * blank: nothing in it. trail: [SOF], <trail>. signature: one without its record. explanation: dashed block, lines
   * joined by a newline. emergency: `samhain[PID]: exit on signal N` and the like. mail: the headers and greetings of a report.
   * continuation: the rest of a line above. envelope: what tail, journal export, JSON or HTML put around.
   * crash: a line of the system or a shell that says that samhain or yule was ended (`side`).
   * torn: a record or a signature of a log file of which the end was not written; what is left of it is read as well.
   * cut: the same at the end of a text that may have been cut by copying it.
   * encoded: a line of a stealth build's log, unreadable without samhain. other-program: somebody else's line.
   */
  kind:
    | 'blank'
    | 'trail'
    | 'signature'
    | 'explanation'
    | 'emergency'
    | 'crash'
    | 'torn'
    | 'cut'
    | 'mail'
    | 'continuation'
    | 'envelope'
    | 'encoded'
    | 'other-program';
  text: string;
  /** Of a trail: a log begins here. */
  opens?: true;
  /** File named by tail's `==> file <==`, if any. */
  origin?: string;
  /** Of an explanation, an emergency line or a crash: the side that wrote it, as far as the lines around it tell. */
  side?: Side;
  /** Of an emergency line or a crash: when the system wrote it, where its line begins with a date and its zone. */
  time?: number;
  /** In place of that the date without a zone with which its line begins (`readWall`). */
  wall?: number;
}

/** Lines that nobody could make anything of. */
export interface Unrecognised {
  source: number;
  line: number;
  /** Its last line, where several were put together. */
  endLine?: number;
  text: string;
  /** Messages whose words stand in it, though nothing shows that samhain wrote it: a page to look at, no finding. */
  like?: { message: string; text?: string }[];
}

/** A record with the catalogue entry that it is. */
export interface Finding {
  record: LogRecord;
  /** Catalogue id, MSG_…; undefined when a record was read that no entry matches. */
  message?: string;
  /** Id of one of the entry's texts, for generic carriers. */
  text?: string;
  /** Values by the names that the catalogue's templates use (both forms alike). */
  values: Record<string, string>;
  side?: Side;
  /** The client that the record is about, as fully as known (a name or an address). */
  host?: string;
  /** Bare words with nothing of samhain around them: if they are samhain's is for the reader to say. */
  quoted?: true;
  /** The words that it was taken for: one of them stands there misspelt, as if typed from a screen. */
  readAs?: string;
}

export type Weight = 'proves' | 'points' | 'fits';
export type Confidence = 'certain' | 'likely' | 'possible';
