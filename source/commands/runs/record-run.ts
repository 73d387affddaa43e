import { inMarkdown } from '../../components/text/markdown.ts';
import { escapedJson } from '../../activation/plan/escaped-json.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { utcText } from '../../activation/content/schedule.ts';
import type { ApplyEvent } from '../../apply/events.ts';
import { reportLines } from '../../pages/ending/report-text.ts';
import { whoIsThere } from '../../settings/state-folder.ts';
import type { MessageId } from '../../locale/texts.ts';
import type { Connected } from '../connect/open-client.ts';
import { keptState } from '../state/kept-state.ts';
import { planSummary } from '../plan/summary.ts';
import { visible } from '../console/visible.ts';
import type { Streams } from '../console/streams.ts';
import { type CheckRecord, lastCheck } from './storage-record.ts';

type Result = Extract<ApplyEvent, { kind: 'result' }>;

/** An apply, and the words and signs of the receipt that people read. */
interface Recorded extends Pick<Streams, 'env' | 'text' | 'glyphs'> {
  plan: Plan;
  run: string;
  connected: Pick<Connected, 'client' | 'isEmulator'>;
  events: readonly ApplyEvent[];
  result: Result;
}

/** Something that could not be kept, and why: `ENOSPC`, `EACCES` … */
export interface NotKept {
  readonly what: 'audit' | 'receipt' | 'journal';
  readonly folder: string;
  readonly code: string;
}

/** What came of keeping the record of a run. */
export interface Kept {
  /** Place of the receipt that people read; nothing where there is none. */
  readonly receipt?: string;
  readonly notKept: readonly NotKept[];
}

/**
 * Keeps what an apply did: a line in the audit log, and a receipt (JSON and Markdown) once there is a
 * report. A rehearsal on the embedded emulator leaves nothing. What cannot be kept changes nothing of what was
 * done: it is told, never thrown.
 */
export async function keepRecord(recorded: Recorded): Promise<Kept> {
  const { connected, result, run, env } = recorded;
  if (connected.isEmulator) return { notKept: [] };
  const unaudited = await audit(env, {
    act: 'apply',
    run,
    plan: recorded.plan.name,
    apiUrl: connected.client.apiUrl,
    orgId: connected.client.orgId,
    sandbox: connected.client.sandbox,
    flowId: result.flowId,
    result: result.outcome,
  });
  // A run that has sent nothing leaves nothing.
  if (!result.report || result.isUnsent === true) return { notKept: unaudited };
  const storage = await lastCheck(env, recorded.plan);
  const receipt = receiptOf(recorded, storage);
  const text = markdownOf(recorded, receipt);
  const state = keptState(env);
  let place: string | undefined;
  const unwritten = await unlessKept('receipt', state.placeOf(run), async () => {
    place = await state.keepReceipt(run, { json: `${escapedJson(receipt, 2)}\n`, markdown: text });
  });
  return {
    ...(place === undefined ? {} : { receipt: place }),
    notKept: [...unaudited, ...unwritten],
  };
}

/**
 * Notes who did what, and what came of it: one line, never changed afterwards.
 *
 * @returns What could not be kept.
 */
export function audit(env: Streams['env'], act: Record<string, unknown>): Promise<readonly NotKept[]> {
  const state = keptState(env);
  const said = { at: new Date().toISOString(), ...whoIsThere(env), ...act };
  return unlessKept('audit', state.place, () => state.audit(escapedJson(said)));
}

async function unlessKept(
  what: NotKept['what'],
  folder: string,
  keep: () => Promise<void>,
): Promise<readonly NotKept[]> {
  try {
    await keep();
    return [];
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return [{ what, folder, code: String(error.code) }];
  }
}

/** What is said of something that could not be kept. */
export const notKeptText = ({ what, folder, code }: NotKept, text: Streams['text']): string =>
  text(`command.notKept.${what}` satisfies MessageId, { folder, code });

function receiptOf(
  { plan, run, connected, events, result, env }: Recorded,
  storage: CheckRecord | undefined,
) {
  const { apiUrl, orgId, sandbox } = connected.client;
  return {
    version: 1,
    run,
    at: new Date().toISOString(),
    who: whoIsThere(env),
    place: { apiUrl, orgId, sandbox },
    plan,
    outcome: result.outcome,
    flowId: result.flowId,
    made: result.made,
    steps: events.flatMap((event) =>
      event.kind === 'succeeded'
        ? [{ step: event.step, ms: Math.round(event.ms), id: event.id, requestId: event.requestId }]
        : [],
    ),
    report: result.report,
    ...(storage ? { storage } : {}),
  };
}

function markdownOf(recorded: Recorded, receipt: ReturnType<typeof receiptOf>): string {
  const { plan, result, text } = recorded;
  const { place, who, run, steps, storage } = receipt;
  const report = result.report ? reportLines(recorded, result.report, result.flowId) : [];
  const whoever = [who.user, who.sudoUser, who.sshClient].filter((one) => one !== undefined).join(' / ');
  const heading = (id: 'result' | 'made' | 'plan'): string[] => [`## ${text(`receipt.${id}`)}`, ''];
  const columns = (['step', 'id', 'requestId', 'ms'] as const).map((id) => text(`receipt.${id}`));
  return [
    `# ${named(plan.name)}`,
    '',
    text('receipt.run', { run, at: utcText(Date.parse(receipt.at)), who: whoever }),
    text('receipt.place', { sandbox: place.sandbox, org: place.orgId, url: place.apiUrl }),
    '',
    ...heading('result'),
    ...report.map((line) => `    ${line}`),
    '',
    ...(storage ? [named(checkedText(storage, text)), ''] : []),
    ...heading('made'),
    `| ${columns.join(' | ')} |`,
    '|---|---|---|---|',
    ...steps.map(
      ({ step, id, requestId, ms }) =>
        `| ${text(`apply.${step}`)} | ${id ?? ''} | ${named(requestId ?? '')} | ${ms} |`,
    ),
    '',
    ...heading('plan'),
    ...planSummary(text, plan).map((line) => `    ${line}`),
    '',
  ].join('\n');
}

/** When the storage was looked at, and what of it was seen. */
function checkedText({ checkedAt, server, outcome, steps }: CheckRecord, text: Streams['text']): string {
  const seen = steps.filter((one) => one.outcome === 'fine').map(({ step }) => didText(step, text));
  const failed = steps.filter((one) => one.outcome === 'failed').map(({ step }) => didText(step, text));
  const values = { server, at: utcText(Date.parse(checkedAt)), steps: outcome === 'fine' ? seen : failed };
  return text(`receipt.storage.${outcome}`, values);
}

function didText(step: string, text: Streams['text']): string {
  const id = `storage.did.${step}`;
  return text.has(id) ? text(id) : step;
}

/** A name of somebody's making, on one line. */
const named = (text: string): string => inMarkdown(visible(text.replaceAll('\n', ' ')));
