/** The line on the page about offline use that says whether this browser keeps the site. */
import { failureText, offlineIncomplete, offlineRefused } from '../../report/failures.ts';

const line = document.querySelector('[data-offline-state]');

function say(text: string): void {
  if (line) line.textContent = text;
}

async function look(): Promise<void> {
  if (!('serviceWorker' in navigator)) {
    say(failureText(offlineRefused));
    return;
  }
  say('The browser is fetching the whole site; this takes a few seconds.');
  const refused = setTimeout(() => say(failureText(offlineIncomplete)), 30_000);
  await navigator.serviceWorker.ready;
  clearTimeout(refused);
  say('This browser keeps the whole site. It works without a network from now on.');
}

if (line) void look();
