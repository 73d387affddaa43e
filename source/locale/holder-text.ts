import type { Text } from './texts.ts';

/** Who holds a run, as far as words need it. `since` is ISO 8601, UTC. */
export interface HolderFacts {
  kind: string;
  pid?: number;
  host?: string;
  since?: string;
}

/** `process 4711 on jump-host-2, since 26 Nov 2026 12:00 UTC` */
export function holderText(text: Text, { kind, pid = 0, host = '', since }: HolderFacts): string {
  const isDated = since !== undefined && !Number.isNaN(Date.parse(since));
  // What a file says may be anything; a number in groups is no process.
  const at = isDated ? new Date(since).toISOString().slice(0, 16).replace('T', ' ') : '';
  if (kind !== 'process') return isDated ? text('holder.nameless', { at }) : text('holder.unknown');
  const values = { pid: String(pid), host };
  return isDated ? text('holder.process', { ...values, at }) : text('holder.undated', values);
}
