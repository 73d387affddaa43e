import { lstatSync, realpathSync, type Stats } from 'node:fs';
import path from 'node:path';

export const writableByOthers = 0o022;
const writableByAll = 0o002;
const sticky = 0o1000;

/** Whether others may put something else into the place of what is in this folder. */
export const mayReplaceIn = ({ mode }: Pick<Stats, 'mode'>, by = writableByOthers): boolean =>
  (mode & by) !== 0 && (mode & sticky) === 0;

/** What lets others say what stands in a file: who it belongs to, or what they may write. */
export interface Unsafe {
  readonly kind: 'foreign' | 'open';
  /** The file, or the folder above it. */
  readonly place: string;
}

/**
 * Whether somebody else may say what stands in a file: may write it, owns it, or may put another into its place.
 * Links are followed. The system's own files are safe.
 *
 * @param uid - Who asks; nothing on Windows, where what is in a user's profile is the user's.
 * @returns Nothing for a file that is safe. @throws what the system says of a file that is not there.
 */
export function whyUnsafe(file: string, uid: number | undefined): Unsafe | undefined {
  if (uid === undefined) return undefined;
  const place = realpathSync(file);
  const folder = path.dirname(place);
  for (const one of [place, folder]) {
    const found = lstatSync(one);
    if (found.uid !== uid && found.uid !== 0) return { kind: 'foreign', place: one };
    const isOpen = one === place ? (found.mode & writableByOthers) !== 0 : mayReplaceIn(found);
    if (isOpen) return { kind: 'open', place: one };
  }
  // Further up a group is often a user's own; what everybody may write is never.
  for (let above = path.dirname(folder); above !== path.dirname(above); above = path.dirname(above))
    if (mayReplaceIn(lstatSync(above), writableByAll)) return { kind: 'open', place: above };
  return undefined;
}
