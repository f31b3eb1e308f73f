/**
 * Copies a text: by the clipboard where the page may use it, else (plain http, a file, a refusal) by selecting what is shown.
 * @returns what the button says then
 */
export async function copyText(text: string, shown: HTMLElement): Promise<'Copied' | 'Selected'> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    const range = document.createRange();
    range.selectNodeContents(shown);
    const selection = getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
    // Old, and the only way where there is no clipboard; the selection stays for the reader's own Ctrl+C.
    return selection?.toString().trim() === text.trim() && document.execCommand('copy') ? 'Copied' : 'Selected';
  }
}
