import { type CallFacts, UnreadableAnswerError, UnsendableError, type UnsendableSetting } from './errors.ts';

/** Signs that cannot be seen: of no width, soft hyphens, marks of direction, blanks that are none. */
const invisible =
  /[\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8]/;

/**
 * Refuses a setting that no header and no form can carry, or that nobody can have meant: everything in one is a
 * visible sign of ASCII.
 *
 * @throws UnsendableError before anything is sent, with the first sign that is wrong. It never repeats the setting.
 */
export function requireSendable(setting: UnsendableSetting, value: string, call: CallFacts): void {
  let place = 0;
  for (const sign of value) {
    place++;
    if (/^[!-~]$/.test(sign)) continue;
    const code = `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    const fault = /[\r\n]/.test(sign)
      ? 'lineEnd'
      : sign === ' '
        ? 'blank'
        : invisible.test(sign)
          ? 'invisible'
          : /\p{C}/u.test(sign)
            ? 'control'
            : 'foreign';
    throw new UnsendableError(call, setting, { fault, code, place, sign: fault === 'foreign' ? sign : '' });
  }
}

/**
 * An etag as it goes into `If-Match`: as it was said. Its quotes belong to it, a weak one has its `W/` before them, and
 * only a service that forgets the quotes gets them back.
 *
 * @throws UnreadableAnswerError for none, and for one that no header can carry or that names no version: the entity was
 *   read, and cannot be changed safely.
 * @see flow-service.md, section 2.0.3
 */
export function ifMatchOf(etag: string | undefined, path: string): string {
  if (etag === undefined || !isUsableEtag(etag))
    throw new UnreadableAnswerError({ method: 'GET', path }, 200, [{ path: '$.etag', expected: 'sendable' }]);
  return etag.includes('"') ? etag : `"${etag}"`;
}

/** Whether an etag names a version: between its quotes there is something, and a header can carry it. */
export const isUsableEtag = (etag: string | undefined): boolean =>
  etag !== undefined &&
  /^[ -~\u0080-\u00fe]*$/.test(etag) &&
  !/^\s*(?:W\/)?["\s]*$/i.test(etag) &&
  etag.trim() !== '*';

/** Whether an id can stand in an address, and means itself there. */
export const isUsableId = (id: string): boolean =>
  id !== '' && id !== '.' && id !== '..' && !/[\p{C}\ufffd]/u.test(id) && id.isWellFormed();

/** An id as a part of an address. @throws UnreadableAnswerError for one that would mean something else there. */
export function idInPath(id: string, path: string): string {
  if (!isUsableId(id))
    throw new UnreadableAnswerError({ method: 'GET', path }, 200, [{ path: '$.id', expected: 'sendable' }]);
  return encodeURIComponent(id);
}
