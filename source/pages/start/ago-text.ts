import type { Text } from '../../locale/texts.ts';

/** `9 d ago`. @param ms - Milliseconds since. */
export function agoText(text: Text, ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return text('welcome.justNow');
  if (minutes < 60) return text('welcome.minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? text('welcome.hours', { count: hours })
    : text('welcome.days', { count: Math.floor(hours / 24) });
}
