/** Numbers as English writes them. */
const english = new Intl.NumberFormat('en');

/** `1,234`. (`toLocaleString` makes a formatter of its own at each call, which takes longer than a row of the log.) */
export const many = (n: number): string => english.format(n);
