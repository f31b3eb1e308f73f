/** The numbers that `--metrics` writes, by name: what the alert rules may ask for. */
export const metrics = {
  samhain_clients: { type: 'gauge', help: 'Clients in the logs, by state.' },
  samhain_problems: {
    type: 'gauge',
    help: 'Open problems, certain or likely, by id: the number of clients that have it, or 1.',
  },
  samhain_undecided: { type: 'gauge', help: 'Clients for which several problems are possible.' },
  samhain_client_problem: { type: 'gauge', help: 'An open problem of a client that has ever had a session key.' },
  samhain_client_last_seen_timestamp_seconds: {
    type: 'gauge',
    help: 'Last record of a client with a session key, seconds since 1970.',
  },
  samhain_clients_left_out: { type: 'gauge', help: 'Clients that are not named, because there are too many.' },
  samhain_file_reports: { type: 'gauge', help: 'Reports of the file check so far.' },
  samhain_unexplained_errors: { type: 'gauge', help: 'Errors in the logs that no known problem explains.' },
  samhain_log_complete: { type: 'gauge', help: '1 if the logs were read completely, else 0.' },
  samhain_diagnose_timestamp_seconds: { type: 'gauge', help: 'When these numbers were made, seconds since 1970.' },
} as const;
