/** Texts that come from the C library, not from samhain: any program prints them. English, as in the C locale. */

const RESOLVER = [
  'Name or service not known',
  'Temporary failure in name resolution',
  'Non-recoverable failure in name resolution',
  'No address associated with hostname',
  'No address associated with name',
  'Address family for hostname not supported',
  'Servname not supported for ai_socktype',
  'ai_family not supported',
  'ai_socktype not supported',
  'Bad value for ai_flags',
  'Memory allocation failure',
  'System error',
  'nodename nor servname provided, or not known',
  'hostname nor servname provided, or not known',
  'Unknown host',
  'Host name lookup failure',
];

const ERRNO = [
  'Success',
  'Operation not permitted',
  'No such file or directory',
  'No such process',
  'Interrupted system call',
  'Input/output error',
  'No such device or address',
  'No such device',
  'Argument list too long',
  'Exec format error',
  'Bad file descriptor',
  'No child processes',
  'Resource temporarily unavailable',
  'Cannot allocate memory',
  'Out of memory',
  'Permission denied',
  'Bad address',
  'Device or resource busy',
  'File exists',
  'Invalid cross-device link',
  'Not a directory',
  'Is a directory',
  'Invalid argument',
  'Too many open files',
  'Too many open files in system',
  'Inappropriate ioctl for device',
  'Text file busy',
  'File too large',
  'No space left on device',
  'Illegal seek',
  'Read-only file system',
  'Too many links',
  'Broken pipe',
  'Resource deadlock avoided',
  'File name too long',
  'No locks available',
  'Function not implemented',
  'Directory not empty',
  'Too many levels of symbolic links',
  'Value too large for defined data type',
  'Socket operation on non-socket',
  'Destination address required',
  'Message too long',
  'Protocol wrong type for socket',
  'Protocol not available',
  'Protocol not supported',
  'Protocol error',
  'Socket type not supported',
  'Operation not supported',
  'Address family not supported by protocol',
  'Address already in use',
  'Cannot assign requested address',
  'Network is down',
  'Network is unreachable',
  'Network dropped connection on reset',
  'Software caused connection abort',
  'Connection reset by peer',
  'No buffer space available',
  'Transport endpoint is already connected',
  'Transport endpoint is not connected',
  'Connection timed out',
  'Operation timed out',
  'Connection refused',
  'Host is down',
  'No route to host',
  'Operation already in progress',
  'Operation now in progress',
  'Stale file handle',
  'Disk quota exceeded',
  'Operation canceled',
];

const key = (text: string) => text.toLowerCase().replace(/\s+/g, ' ').trim();
const resolver = new Set(RESOLVER.map(key));
const errno = new Set(ERRNO.map(key));

/** Whether a text is one of the C library's. `fromResolver` restricts it to those of a name lookup; false excludes them. */
export function isSystemText(text: string, fromResolver?: boolean): boolean {
  const wanted = key(text);
  if (fromResolver === true) return resolver.has(wanted);
  if (fromResolver === false) return errno.has(wanted);
  return errno.has(wanted) || resolver.has(wanted);
}

/** The C library's text at the start of a longer one, if any. */
export function systemTextAt(text: string): string | undefined {
  const wanted = key(text);
  for (const set of [errno, resolver]) {
    let best: string | undefined;
    for (const known of set) if (wanted.startsWith(known) && known.length > (best?.length ?? 0)) best = known;
    if (best !== undefined) return best;
  }
  return undefined;
}
