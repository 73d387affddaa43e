import type { Text } from './texts.ts';

/**
 * Whether a part of the program that is read late is not there any more, or is one of another build: the program was
 * updated or removed while it ran. No fault of what was done, and nothing to report.
 */
export const isMissingPart = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'ERR_LOAD_URL')) ||
    (error instanceof SyntaxError && error.message.includes('does not provide an export named')));

/** What is said of it: what happened, why, and what to do. */
export const missingPart = (text: Text): { what: string; why: string; next: string } => ({
  what: text('error.missingPart.what'),
  why: text('error.missingPart.why'),
  next: text('error.missingPart.next'),
});
