import * as z from 'zod';

/** A version as a number: one in digits, written as a text, is the same. @see cards.md, section 5.4 */
export const versionNumber = z.union([z.int().min(0), z.string().regex(/^\d{1,15}$/)]).transform(Number);
