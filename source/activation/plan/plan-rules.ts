import { kindOf, newerCard, profileStoreSpecId } from '../spec/catalog.ts';
import { harmfulText } from '../spec/field.ts';
import { usualCsvOptions } from '../content/csv-file.ts';
import { readPublicKey } from '../content/public-key.ts';
import { attributesProblems } from '../content/columns.ts';
import { exportProblems } from '../content/export-problems.ts';
import { withoutHidden } from './escaped-json.ts';
import { type At, isObject, jsonPath } from './json-path.ts';
import type { Plan } from './plan.ts';
import { type Problem, problem } from './problem.ts';
import { newerForms } from '../spec/newer-forms.ts';
import { fileTypeNamed } from '../spec/storage-location.ts';
import { hasSecret } from './secret-reference.ts';
import { holdsSecret } from '../spec/secret-params.ts';
import { lakeAddress, valueMistake } from '../spec/value-form.ts';

/**
 * The rules between the fields of a plan that has the right shape. Pure, without network: what only the
 * platform can know (does this segment exist? which sign-ins are there?) is not asked here. What its spec
 * publishes is held against the plan by `specProblems`; here stands only what no spec could mean.
 *
 * @see flow-service.md, sections 4 and 5
 */
export function planProblems(plan: Plan): Problem[] {
  // A dataflow that is there may well be empty.
  const isMade = plan.flow === undefined;
  const found = [
    ...destinationProblems(plan),
    ...[
      ...segmentProblems(plan),
      ...attributesProblems(plan.attributes, kindOf(plan.destination.connectionSpecId) === 'newer'),
    ].filter(({ id }) => isMade || (id !== 'segments.none' && id !== 'attributes.none')),
  ];
  const controls = found.filter(({ id }) => id === 'field.controlCharacters').map(({ path }) => path);
  const hidden = hiddenProblems(plan, []).filter(({ path }) => !controls.includes(path));
  // Whatever else is said of such a text is said because of what hides in it.
  const told = new Set(hidden.map(({ path }) => path));
  return [...hidden, ...found.filter(({ path }) => !told.has(path))];
}

/**
 * Texts of which something cannot be seen, wherever they stand, but for what a segment is called: that is a copy, and
 * nobody goes by it. Those of a sign-in are told of elsewhere.
 */
function hiddenProblems(held: unknown, at: At): Problem[] {
  if (/^(destination\.auth\.params|segments\.\d+\.name)$/.test(at.join('.'))) return [];
  if (typeof held === 'string') return hiddenProblem(held, at);
  if (Array.isArray(held)) return held.flatMap((one, index) => hiddenProblems(one, [...at, index]));
  if (!isObject(held)) return [];
  return Object.entries(held).flatMap(([name, value]) => [
    ...hiddenProblem(name, [...at, name]),
    ...hiddenProblems(value, [...at, name]),
  ]);
}

function hiddenProblem(text: string, at: At): Problem[] {
  const better = withoutHidden(text);
  const field = withoutHidden(String(at.findLast((key) => typeof key === 'string')));
  return better === text ? [] : [problem('field.invisible', jsonPath(at), { field, better })];
}

function destinationProblems({ destination }: Plan): Problem[] {
  const { connectionSpecId: card, baseConnectionId, auth, location } = destination;
  const at = '$.destination.connectionSpecId';
  if (card.toLowerCase() === profileStoreSpecId)
    return [problem('plan.notOneOf', at, { allowed: 'a destination, not Profile Store' })];
  return [
    ...(auth && baseConnectionId !== undefined ? [problem('auth.withAccount', '$.destination.auth')] : []),
    ...(auth && newerForms(card)?.auth.length === 0 ? [problem('auth.notAsked', '$.destination.auth')] : []),
    ...clearProblems(auth?.params ?? {}, { card, above: ['destination', 'auth', 'params'], isSignIn: true }),
    ...clearProblems(location, { card, above: ['destination', 'location'], isSignIn: false }),
    ...csvProblems(location),
    ...encryptionProblems(destination),
  ];
}

/** How CSV is written says nothing of a file of another type. @see cards.md, section 10 (2) */
function csvProblems({ fileType, csvOptions }: Plan['destination']['location']): Problem[] {
  const at = '$.destination.location.csvOptions';
  if (csvOptions === undefined) return [];
  if (typeof fileType === 'string' && fileTypeNamed(fileType) !== 'CSV')
    return [problem('location.csvOptionsElsewhere', at, { fileType })];
  if (!isObject(csvOptions)) return [problem('plan.wrongType', at, { expected: 'object' })];
  return Object.entries(csvOptions)
    .filter(
      ([name, value]) =>
        Object.hasOwn(usualCsvOptions, name) && typeof value === 'object' && !hasSecret(value),
    )
    .map(([name]) =>
      problem('plan.wrongType', jsonPath(['destination', 'location', 'csvOptions', name]), {
        expected: 'string',
      }),
    );
}

/** @see cards.md, section 3.3 */
function encryptionProblems({ connectionSpecId, encryption }: Plan['destination']): Problem[] {
  if (!encryption) return [];
  const at = '$.destination.encryption';
  if (newerCard(connectionSpecId)?.encryptsNothing) return [problem('encryption.notOffered', at)];
  const { publicKey, algorithm } = encryption;
  if (algorithm?.toUpperCase() === 'NONE')
    return [problem('plan.notOneOf', `${at}.algorithm`, { allowed: 'PGPGPG' })];
  const reading = typeof publicKey === 'string' ? readPublicKey(publicKey) : undefined;
  return reading?.kind === 'mistake' ? [problem(reading.id, `${at}.publicKey`)] : [];
}

const namesStorage = /^(bucket|container)(name)?$/i;

/** Texts that no param may hold, of any depth: secrets where a secret is asked for, keys, control characters. */
function clearProblems(held: object, params: Params, below: At = []): Problem[] {
  return Object.entries(held).flatMap(([name, value]: [string, unknown]) =>
    clearProblem(name, value, params, [...below, name]),
  );
}

/** Params, and where they stand in a plan. */
interface Params {
  /** Connection spec. */
  readonly card: string;
  readonly above: At;
  readonly isSignIn: boolean;
}

/** @param name - Of the param, also of each value of a list. @param below - The way to it from the params. */
function clearProblem(name: string, value: unknown, params: Params, below: At): Problem[] {
  const { card, isSignIn } = params;
  const way = [...params.above, ...below];
  // Where it may not stand was told already.
  if (name === '$secret' || hasSecret(value)) return [];
  if (isObject(value) && Object.keys(value).length > 0) return clearProblems(value, params, below);
  if (holdsSecret(card, below) && value !== '')
    return [problem(isSignIn ? 'auth.secretInClear' : 'plan.secretElsewhere', jsonPath(way), { name })];
  if (Array.isArray(value))
    return value.flatMap((one, index) => clearProblem(name, one, params, [...below, index]));
  if (typeof value !== 'string') return [];
  const harm = harmfulText(value);
  if (harm) return [problem(harm, jsonPath(way), { field: name })];
  const mistake = valueMistake(name, value);
  if (mistake) {
    // Anything may have been pasted into a sign-in; only what looks like a server, or a container, is said again.
    const meant = mistake.better ?? '';
    const mayBeSaid = !isSignIn || /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(meant) || lakeAddress.test(meant);
    const better = (mayBeSaid ? mistake.better : undefined) ?? '…';
    return [problem(mistake.id, jsonPath(way), { field: name, better })];
  }
  // Whatever a spec asks for beyond it: storage has no such names.
  return namesStorage.test(name) && /[\s/\\]/.test(value)
    ? [problem('field.pattern', jsonPath(way), { field: name, pattern: '[^\\s/\\\\]+', form: 'form.name' })]
    : [];
}

function segmentProblems(plan: Plan): Problem[] {
  if (plan.segments.length === 0) return [problem('segments.none', '$.segments')];
  const firstAt = new Map<string, number>();
  const { connectionSpecId } = plan.destination;
  return plan.segments.flatMap((segment, index) => {
    const base = `$.segments[${index}]`;
    const id = segment.id.toLowerCase();
    const earlier = firstAt.get(id);
    if (earlier === undefined) firstAt.set(id, index);
    return [
      ...(earlier === undefined
        ? []
        : [
            problem('segments.duplicate', `${base}.id`, {
              segment: segment.name ?? segment.id,
              first: `$.segments[${earlier}]`,
            }),
          ]),
      ...exportProblems(segment, connectionSpecId, base),
    ];
  });
}
