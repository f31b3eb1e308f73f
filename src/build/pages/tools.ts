/** The pages "Use it with …": what each program takes, and the two commands with which it works. */

export interface Tool {
  id: string;
  name: string;
  /** What it gives, in a sentence. */
  summary: string;
  /** File below `downloads/`, made from the content of this site. */
  file: string;
  /** What is in it, paragraph by paragraph. */
  about: string[];
  commands: { do: string; run: string }[];
  /** What to know, in sentences. */
  notes: string[];
}

export const tools: readonly Tool[] = [
  {
    id: 'cron',
    name: 'cron',
    summary: 'A mail when something changes between your clients and the server, and none while nothing does.',
    file: 'samhain-diagnose.mjs',
    about: [
      'The command line of this site as one file; it needs Node 20 or newer. With `--state` it reads what was added to the log since the last run and prints only what changed: `web1: wrong password since 15:02`, `web1: fixed at 15:18`. cron mails what a program prints.',
      'Rotated, packed, copied and truncated logs are followed. Nothing is reported twice, and what could not be printed is reported at the next run.',
    ],
    commands: [
      {
        do: 'Try it: the first run says which problems are open now.',
        run: 'node samhain-diagnose.mjs --state /var/lib/samhain-diagnose.state /var/log/yule/yule_log',
      },
      {
        do: 'Run it every five minutes, as a user who can read the log: this is a line of a crontab (`crontab -e`).',
        run: '*/5 * * * * node /usr/local/lib/samhain-diagnose.mjs --quiet --state $HOME/samhain-diagnose.state /var/log/yule/yule_log',
      },
    ],
    notes: [
      'The exit status is 1 as long as a problem is open, otherwise 0: for a monitoring system that looks at the status, not at the text. With `--json` each change is one JSON object on a line.',
      'The state file holds lines of your log, without secrets, and only its owner can read it. Each set of logs needs one of its own.',
    ],
  },
  {
    id: 'prometheus',
    name: 'Prometheus',
    summary:
      'Clients by state, problems by name and the last sign of life of each client as numbers, with alerts that link to the page of the problem.',
    file: 'samhain.rules.yml',
    about: [
      'Alert rules, one for each problem of this site, with the address of its page. `samhain-diagnose --metrics` writes the numbers that they ask for, in the form that the textfile collector of node_exporter reads.',
      'Only a client that has ever had a session key gets a number with its name, because anyone can send a name; at most 5000 are named, and how many were left out is a number, too.',
    ],
    commands: [
      {
        do: 'Write the numbers: let cron do this every five minutes. The folder is the one that node_exporter was given by `--collector.textfile.directory`.',
        run: 'node samhain-diagnose.mjs --quiet --state /var/lib/samhain-diagnose.state --metrics /var/lib/prometheus/node-exporter/samhain.prom /var/log/yule/yule_log',
      },
      {
        do: 'Check the rules before you name the file under `rule_files` in prometheus.yml.',
        run: 'promtool check rules samhain.rules.yml',
      },
    ],
    notes: [
      'Which clients have a problem: `samhain_client_problem{problem="wrong-password"}`.',
      '`samhain-diagnose.mjs` is on the page [Use it with cron](/tools/cron/).',
    ],
  },
  {
    id: 'syslog-ng',
    name: 'syslog-ng',
    summary:
      'Each record of samhain and yule that comes by syslog gets its message, side, step, severity and client as values; where the line alone proves a problem, that problem and its page.',
    file: 'samhain.pdb',
    about: [
      'A pattern database for the `db-parser()` of syslog-ng: a rule for every message of client and server, plain and XML, with test messages. It sets `samhain.message`, `samhain.text`, `samhain.side`, `samhain.step`, `samhain.severity`, `samhain.host`, `samhain.problem` and `samhain.page`. Values of the line itself are in `samhain.field.*`.',
    ],
    commands: [
      { do: 'Try all its test messages.', run: 'pdbtool test samhain.pdb' },
      {
        do: 'See what your system log holds: one line for each record that proves a problem.',
        run: `pdbtool match --pdb samhain.pdb --file /var/log/syslog --filter "'\${samhain.problem}' ne ''" --template '\${samhain.host} \${samhain.problem} \${samhain.page}
'`,
      },
    ],
    notes: [
      'In the configuration: `parser p_samhain { db-parser(file("/etc/syslog-ng/patterndb.d/samhain.pdb")); };` in the log path, before the destination.',
      'syslog cuts what is too long for it; the rest of such a record comes as a line of its own, which matches no rule.',
      'Problems that only several lines together show are not in it. For these give the log to the [paste box](/diagnose/) or to `samhain-diagnose`.',
    ],
  },
  {
    id: 'lnav',
    name: 'lnav',
    summary: 'The log in lnav, with levels, and each line tagged with its message and with the problem that it proves.',
    file: 'samhain.lnav.json',
    about: [
      'A format for lnav 0.11 or newer: plain and XML, and what the server relays with the level and the name of the client. Tags are the names of the messages of this site (`#MSG_TCP_BADCONN`) and of the problems that a line proves (`#problem:wrong-password`).',
    ],
    commands: [
      { do: 'Install the format for your user.', run: 'lnav -i samhain.lnav.json' },
      {
        do: 'List the lines that prove a problem. Without `-n` and `-c` you see the log itself.',
        run: `lnav -n -c ";SELECT log_time, log_tags FROM samhain_log WHERE log_tags LIKE '%problem:%'" /var/log/yule/yule_log`,
      },
    ],
    notes: [
      "A log of yule begins with lines that are not records. lnav 0.11.1 ends with an error if a query asks for `log_body` or `client` of them: add `WHERE log_level <> 'unknown'`, or `log_line > 1`.",
      'CRIT and ALERT are critical in lnav, MARK is stats.',
    ],
  },
];

/** What is not for one program: all messages and problems as data. */
export const catalogueFile = 'catalogue.json';
