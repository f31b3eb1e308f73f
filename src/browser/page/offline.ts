/**
 * Keeps the site for use without a network: registers the service worker that the last step of a build writes.
 * Where that is refused (no secure address, storage off or full) nothing happens, and the site works from the network.
 */
import { ownScript } from '../own-script.ts';

/** Tells the reader that a newer version waits. The note's code is loaded only then. */
async function announce(waiting: ServiceWorker): Promise<void> {
  const { showUpdateNote } = await import('./update-note.ts');
  showUpdateNote(waiting);
}

async function register(): Promise<void> {
  const { serviceWorker } = navigator;
  const registration = await serviceWorker.register(ownScript(`${import.meta.env.BASE_URL.replace(/\/$/, '')}/sw.js`), {
    updateViaCache: 'none',
  });
  if (registration.waiting && serviceWorker.controller) await announce(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      // Without a controller this was the first visit: nothing old is shown, so there is nothing to say.
      if (coming.state === 'installed' && serviceWorker.controller) void announce(coming);
    });
  });
}

void register().catch(() => {});
