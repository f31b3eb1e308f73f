/**
 * The addresses from which this site loads scripts and workers. Where a browser has Trusted Types, the page's policy
 * allows no others: this is the one place that can name them, and it names the site's own only.
 */
interface Policy {
  createScriptURL(address: string): unknown;
}

declare global {
  var trustedTypes:
    | { createPolicy(name: string, rules: Record<'createScriptURL', (address: string) => string>): Policy }
    | undefined;
  /** Kept here, since a policy can be made once only, and an edition's runtime is another bundle than its pages' scripts. */
  var samhainScripts: Policy | undefined;
}

/** @throws TypeError for an address that is not the site's own */
function checked(address: string): string {
  const { protocol, origin } = new URL(address, document.baseURI);
  const isOwn = protocol === location.protocol && origin === new URL(document.baseURI).origin;
  // Opened from a disk, a worker starts from a text that the page holds.
  if (!isOwn && !(protocol === 'blob:' && location.protocol === 'file:'))
    throw new TypeError(`${address} is no script of this site.`);
  return address;
}

/** The address as a browser with Trusted Types takes it, for `src` of a script, a worker, or the service worker. */
export function ownScript(address: string): string {
  globalThis.samhainScripts ??= globalThis.trustedTypes?.createPolicy('own-scripts', { createScriptURL: checked });
  return (globalThis.samhainScripts?.createScriptURL(address) as string | undefined) ?? checked(address);
}
