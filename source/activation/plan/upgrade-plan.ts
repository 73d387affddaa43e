import { columnsOf } from '../content/columns.ts';
import { usualCsvOptions } from '../content/csv-file.ts';
import { offeredEncryption } from '../content/encryption.ts';
import { inCatalog, type NewerCard, newerCard, newerMode, successorOf } from '../spec/catalog.ts';
import { documentedForms } from '../spec/forms.ts';
import { specProblems } from '../spec/spec-rules.ts';
import { attributeOf, type AuthParams, type Location, type Plan } from './plan.ts';
import { planProblems } from './plan-rules.ts';
import type { Problem, ProblemId } from './problem.ts';
import { hasSecret } from './secret-reference.ts';

/** What becomes of a plan with another card, and a rule does not tell. */
type UpgradeId =
  | 'upgrade.account'
  | 'upgrade.columns'
  | 'upgrade.csvOptions'
  | 'upgrade.flow'
  | 'upgrade.flowSpec'
  | 'upgrade.host';

/** Something that a person has to decide about an upgraded plan. */
export interface Decision {
  readonly id: UpgradeId | ProblemId;
  /** JSON path in the upgraded plan. */
  readonly path: string;
  readonly values: Problem['values'];
  /** Without it the plan cannot be applied; of anything else it is enough to know. */
  readonly isOpen: boolean;
}

export type Upgrade =
  | {
      readonly kind: 'plan';
      readonly plan: Plan;
      readonly newer: NewerCard;
      readonly decisions: readonly Decision[];
    }
  /** No older card that another has taken the place of. */
  | { readonly kind: 'other'; readonly isNewer: boolean };

/**
 * A plan for an older storage card as one for the newer card of its kind: what both have is carried over, and what a
 * person has to decide is named.
 *
 * @throws Nothing.
 * @see cards.md, sections 9 and 10
 */
export function upgradePlan(plan: Plan): Upgrade {
  const { connectionSpecId, location } = plan.destination;
  const newer = successorOf(connectionSpecId);
  if (!newer) return { kind: 'other', isNewer: newerCard(connectionSpecId) !== undefined };
  const auth = plan.destination.auth && signInOf(plan.destination.auth, newer);
  const upgraded: Plan = {
    ...without(plan, ['flow']),
    destination: {
      ...without(plan.destination, ['baseConnectionId', 'flowSpecId']),
      connectionSpecId: newer.connectionSpecId,
      ...(auth ? { auth } : {}),
      ...encryptionOf(plan.destination),
      location: locationOf(location),
    },
    attributes: attributesOf(plan.attributes),
  };
  return { kind: 'plan', plan: upgraded, newer, decisions: decisionsOf(plan, upgraded) };
}

const without = <Held extends object>(held: Held, names: readonly (keyof Held & string)[]): Held =>
  Object.fromEntries(Object.entries(held).filter(([name]) => !names.some((one) => one === name))) as Held;

type Auth = NonNullable<Plan['destination']['auth']>;

/** The sign-ins of S3 and Blob are the same; that of SFTP has another name, and calls the host a domain. */
function signInOf({ specName, params }: Auth, newer: NewerCard): Auth {
  if (newer.name !== 'SFTP') return { specName, params };
  const { host, domain, port, sshKey, ...others } = params;
  const server = host ?? domain;
  const upgraded: AuthParams = {
    ...(server === undefined ? {} : { domain: server }),
    ...others,
    ...(sshKey === undefined
      ? {}
      : { sshKey: hasSecret(sshKey) ? { ...sshKey, encoding: 'base64' } : sshKey }),
    ...(port === undefined || String(port) === usualPort
      ? {}
      : { port: hasSecret(port) ? port : String(port) }),
  };
  return { specName: sshKey === undefined ? 'SFTP with Password' : 'SFTP with SSH Key', params: upgraded };
}

const usualPort = '22';

/** The newer cards have another name for what the older ones encrypt with. @see cards.md, section 3.3 */
function encryptionOf({ connectionSpecId, encryption }: Plan['destination']): Partial<Plan['destination']> {
  const isUsual = encryption?.algorithm === offeredEncryption(connectionSpecId)?.algorithm;
  return encryption && isUsual ? { encryption: without(encryption, ['algorithm']) } : {};
}

/** Of an identity the older cards take the namespace for the path. @see flow-service.md, section 5.4 */
function attributesOf({ selected, ...others }: Plan['attributes']): Plan['attributes'] {
  const namespaces = others.deduplication.flatMap((key) =>
    key.fieldType === 'IDENTITY' ? [key.identityNamespace] : [],
  );
  const renamed = selected.map((one) =>
    namespaces.includes(attributeOf(one)) ? `identityMap.${attributeOf(one)}` : one,
  );
  return { selected: renamed, ...others };
}

/** The older cards write CSV and nothing else, and do not compress it. @see cards.md, section 9 */
function locationOf(location: Location): Location {
  return {
    mode: newerMode,
    ...without(location, ['mode', 'format']),
    fileType: 'CSV',
    compression: 'NONE',
    csvOptions: { ...usualCsvOptions },
  };
}

function decisionsOf({ flow, destination }: Plan, upgraded: Plan): Decision[] {
  const { baseConnectionId, auth, flowSpecId, connectionSpecId } = destination;
  const [host, domain] = [auth?.params['host'], auth?.params['domain']];
  const renamed = columnsOf(upgraded.attributes.selected).find(({ path, column }) => path !== column);
  const known: (Decision | undefined)[] = [
    flow === undefined ? undefined : toKnow('upgrade.flow', '$.flow', { flow }),
    baseConnectionId === undefined
      ? undefined
      : { ...toKnow('upgrade.account', '$.destination.auth', { account: baseConnectionId }), isOpen: true },
    flowSpecId === undefined || flowSpecId === inCatalog(connectionSpecId)?.flowSpecId
      ? undefined
      : toKnow('upgrade.flowSpec', '$.destination.flowSpecId', { flowSpec: flowSpecId }),
    typeof host === 'string' && typeof domain === 'string' && host !== domain
      ? toKnow('upgrade.host', '$.destination.auth.params.domain', { host, domain })
      : undefined,
    toKnow('upgrade.csvOptions', '$.destination.location.csvOptions'),
    renamed && toKnow('upgrade.columns', '$.attributes.selected', { ...renamed }),
  ];
  const forms = documentedForms(upgraded.destination.connectionSpecId);
  const problems = [
    ...(forms ? specProblems(upgraded, forms) : []),
    // That the account is lost says so already.
  ].filter(({ id, path }) => !(id === 'plan.missing' && path === '$.destination.auth' && baseConnectionId));
  return [
    ...known.filter((one) => one !== undefined),
    ...[...problems, ...planProblems(upgraded)].map((one) => ({ ...one, isOpen: true })),
  ];
}

const toKnow = (id: UpgradeId, path: string, values: Decision['values'] = {}): Decision => ({
  id,
  path,
  values,
  isOpen: false,
});
