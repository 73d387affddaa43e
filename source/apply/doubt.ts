import { isFlowServiceError } from '../flow-service/errors.ts';

/**
 * What an error says about a write.
 *
 * `none`: surely not done. `short`: an answer came, and a gateway may have given it while the service went
 * on. `long`: no answer came; the request may still be worked on.
 */
export type Doubt = 'none' | 'short' | 'long';

export function doubtOf(error: unknown): Doubt {
  if (!isFlowServiceError(error)) return 'none';
  switch (error.kind) {
    case 'refused':
      return error.status >= 500 ? 'short' : 'none';
    case 'unreadable':
      return 'short';
    case 'lost':
    case 'timeout':
    case 'cancelled':
      return 'long';
    case 'unreachable':
    case 'readOnly':
      return 'none';
  }
}

/** Whether the same write may succeed a moment later. */
export function mayPass(error: unknown): boolean {
  if (!isFlowServiceError(error)) return false;
  if (error.kind === 'refused') return [429, 500, 502, 503, 504].includes(error.status);
  return error.kind === 'lost' || error.kind === 'timeout' || error.kind === 'unreadable';
}

/** Why, in a word, for a journal. */
export function whyOf(error: unknown): string {
  if (!isFlowServiceError(error)) return 'unknown';
  return error.kind === 'refused' ? String(error.status) : error.kind;
}

/** How long an object may still turn up, milliseconds. */
export function doubtMsOf(doubt: Doubt, doubtMs: number): number {
  return doubt === 'long' ? doubtMs : doubt === 'short' ? Math.min(doubtMs, 1000) : 0;
}

/** How long a write without an answer may still turn up, milliseconds. */
export const usualDoubtMs = 10_000;

/** How often a write is tried at most. */
export const mostWrites = 3;

/** Pause before the next try, milliseconds: what the platform asks for, or a doubling one. */
export function retryAfterMs(error: unknown, attempt: number, baseMs: number): number {
  const asked = isFlowServiceError(error) && error.kind === 'refused' ? error.retryAfterSeconds : undefined;
  return asked === undefined ? baseMs * 2 ** (attempt - 1) : asked * 1000;
}
