import { cleanText, parseClean } from './clean.ts';
import type { Refusal } from './errors.ts';

/** Nothing is looked for deeper, or among more, than this. */
const most = { levels: 8, objects: 500, reasons: 3, letters: 600 } as const;

/** Members that hold a reason in words, the better first. */
const reasons = [
  'message',
  'detail',
  'details',
  'detailed-message',
  'error_description',
  'errorDescription',
  'error_message',
  'faultstring',
  'msg',
  'reason',
  'description',
  'text',
] as const;
/** Members that only name what happened: better than nothing. */
const names = ['title', 'error', 'errors', 'error_code', 'code'] as const;
/** Members under which a plain text, or a list of them, is a reason. */
const holders = new Set<string>([...reasons, 'error', 'errors', 'messages', 'report', 'fault', 'sub-errors']);
const requestIds = ['requestId', 'request_id', 'registryRequestId'] as const;

type Members = Readonly<Record<string, unknown>>;

/**
 * Reads what a refusal's body says, in whatever nesting it says it: what stands nearer to the top comes first, and what
 * stands under it is the reason for it.
 *
 * @param body - As parsed; each of its texts is clean.
 * @param sent - The body that was refused: a server may send it back, and nothing that stands in it is a reason.
 * @returns Whatever could be found; empty for an empty body.
 * @see flow-service.md, section 3.1 (E1 to E9)
 */
export function readRefusal(body: unknown, sent?: string): Refusal {
  if (typeof body === 'string') return { serverMessage: shortened(body) };
  const objects = objectsIn(body);
  const [told = {}] = objects;
  const ours = sent === undefined ? new Set() : new Set(objectsIn(sent).flatMap(textsOf));
  const isTheirs = (reason: string): boolean => !ours.has(reason.trim());
  const found = distinct(objects.flatMap(reasonsOf)).filter(isTheirs).slice(0, most.reasons);
  const [name] = objects.flatMap((one) => firstOf(one, names)).filter(isTheirs);
  const code =
    firstOf(told, ['error_code', 'errorCode', 'code'])[0] ??
    codeOfType(told['type']) ??
    textOf(told['error']) ??
    objects.flatMap((one) => firstOf(one, ['error_code', 'errorCode', 'code']))[0];
  return {
    code,
    serverMessage: shortened(found.length > 0 ? found.join('; ') : name),
    requestId: objects.flatMap((one) => firstOf(one, requestIds))[0],
  };
}

/** What a body says that is no JSON: a web page its title or its first heading, anything else its beginning. */
export function readForeignRefusal(body: string): Refusal {
  const page = body.slice(0, 64 * 1024);
  for (const tag of ['title', 'h1', 'message', 'faultstring']) {
    const inside = new RegExp(`<${tag}\\b[^>]{0,200}>([^<]{1,300})<`, 'i').exec(page)?.[1];
    const said = inside === undefined ? '' : flat(withoutEntities(inside));
    if (said !== '') return { serverMessage: said };
  }
  if (/<[a-z!?/][^>]*>/i.test(page)) return {};
  const said = flat(page);
  return said === '' ? {} : { serverMessage: shortened(said) };
}

/** Every object of a body, the nearest to the top first. A text that is JSON itself is looked into. */
function objectsIn(body: unknown): Members[] {
  const found: Members[] = [];
  let level: readonly unknown[] = [body];
  for (let depth = 0; depth < most.levels && level.length > 0; depth++) {
    const next: unknown[] = [];
    for (const value of level) {
      const opened = typeof value === 'string' ? fromJson(value) : value;
      if (Array.isArray(opened)) next.push(...(opened as readonly unknown[]).slice(0, most.objects));
      else if (typeof opened === 'object' && opened !== null) {
        found.push(opened as Members);
        next.push(...Object.values(opened).slice(0, most.objects));
      }
      if (found.length >= most.objects) return found;
    }
    level = next;
  }
  return found;
}

/** A text that is an object in JSON, as a gateway wraps the answer of a service. */
function fromJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return parseClean(text);
  } catch {
    return undefined;
  }
}

/** The reasons that an object itself gives. */
function reasonsOf(told: Members): string[] {
  const joined = [textOf(told['errorMessage']), textOf(told['errorDetails'])].filter(
    (one) => one !== undefined,
  );
  const own = joined.length > 0 ? [joined.join(' ')] : firstOf(told, reasons).slice(0, 1);
  const listed = Object.entries(told).flatMap(([member, value]) =>
    holders.has(member) && Array.isArray(value) ? value.flatMap((one) => sentence(one)) : [],
  );
  return [...own.filter((one) => fromJson(one) === undefined), ...listed];
}

/** The texts that an object itself holds. */
const textsOf = (held: Members): string[] =>
  Object.values(held).flatMap((value) =>
    (Array.isArray(value) ? (value as readonly unknown[]) : [value]).flatMap(
      (one) => textOf(one)?.trim() ?? [],
    ),
  );

/** Texts of a list are reasons; its objects speak for themselves. */
const sentence = (value: unknown): string[] =>
  typeof value === 'string' && value !== '' && fromJson(value) === undefined ? [value] : [];

const firstOf = (told: Members, members: readonly string[]): string[] =>
  members.flatMap((member) => textOf(told[member]) ?? []);

const distinct = (texts: readonly string[]): string[] => [...new Set(texts.map((text) => text.trim()))];

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** `http://ns.adobe.com/aep/errors/XDM-1006-400` → `XDM-1006-400` */
function codeOfType(type: unknown): string | undefined {
  return typeof type === 'string' ? /\/errors\/([\w-]+)$/.exec(type)?.[1] : undefined;
}

const shortened = (text: string | undefined): string | undefined =>
  text === undefined || text.length <= most.letters ? text : `${text.slice(0, most.letters).toWellFormed()}…`;

const flat = (text: string): string => cleanText(text).replaceAll(/\s+/g, ' ').trim();

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

function withoutEntities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities.get(String(name).toLowerCase()) ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
