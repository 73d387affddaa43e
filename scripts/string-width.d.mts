export declare const oneCell: RegExp;
export declare const twoCells: RegExp;
export default function stringWidth(text: string, options?: object): number;

/** The same text, so that it measures as a terminal draws it that joins nothing. */
export function apart(text: string): string;
