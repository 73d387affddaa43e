import type { Sandbox } from '../../flow-service/sandboxes.ts';
import type { Text } from '../../locale/texts.ts';
import type { Draft } from '../../wizard/draft.ts';

/** What is asked before anything is written: a key answers it, or what is typed says yes, where that wants more than a key. */
export type Confirmation = ByKey | ByName;

interface ByKey {
  readonly question: string;
  readonly typed: undefined;
  /** What answers it; no is what is proposed. */
  readonly answers: { readonly yes: string; readonly no: string };
}

interface ByName {
  readonly question: string;
  readonly typed: string;
}

/** How the name of a sandbox is asked for. */
interface InSandboxWords {
  readonly production: 'review.confirmProduction' | 'flow.typeProduction';
  /** Where nobody knows whether it is one. */
  readonly unknown: 'review.confirmUnknown' | 'flow.typeUnknown';
}

/** Whether the sandbox of a draft is production; nothing where that is not known, or not yet. */
export const isProductionIn = (
  { sandbox }: Pick<Draft, 'sandbox'>,
  sandboxes: readonly Sandbox[] | undefined,
): boolean | undefined =>
  sandbox?.isProduction ?? sandboxes?.find((one) => one.name === (sandbox?.name ?? ''))?.isProduction;

/**
 * A sandbox that is not known to be a development one wants its name typed.
 *
 * @param sandboxes - Nothing where they are not known, or not yet.
 * @returns Nothing where it is one.
 */
export function inSandbox(
  draft: Draft,
  sandboxes: readonly Sandbox[] | undefined,
  { production, unknown }: InSandboxWords,
  text: Text,
): ByName | undefined {
  const { name = '' } = draft.sandbox ?? {};
  const isProduction = isProductionIn(draft, sandboxes);
  if (isProduction === false) return undefined;
  const id = isProduction === undefined ? unknown : production;
  return { question: text(id, { name, sandbox: name }), typed: name };
}
