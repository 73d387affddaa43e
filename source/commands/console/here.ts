/** The zone of this place, an IANA name. */
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A moment for programs, ISO 8601 in UTC; nothing where there is none. @param ms - Epoch milliseconds. */
export function isoText(ms: number): string;
export function isoText(ms: number | undefined): string | undefined;
export function isoText(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}
