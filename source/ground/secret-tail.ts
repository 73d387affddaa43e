/** From this length on, four characters give nothing away. */
const shortestWithTail = 16;

/** What tells one secret from another: a line of a key file, or a name that all of a kind end in, does not. */
const tellingTail = /[A-Za-z0-9/+]{4}$/;

/** The last four characters of a long secret of one line, where they say anything; else nothing. */
export const secretTail = (secret: string): string =>
  secret.length >= shortestWithTail && !secret.includes('\n') && tellingTail.test(secret)
    ? secret.slice(-4)
    : '';
