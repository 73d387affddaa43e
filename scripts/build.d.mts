import type { RolldownOutput } from 'rolldown';

export function bundle(options: {
  readonly input: Readonly<Record<string, string>>;
  readonly outdir: string;
}): Promise<RolldownOutput['output']>;
