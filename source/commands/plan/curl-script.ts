import { escapedJson } from '../../activation/plan/escaped-json.ts';
import type { AuthParams, Plan } from '../../activation/plan/plan.ts';
import { maskedSecret, placeholders, type Copy, type ShownRequest } from '../../activation/requests.ts';
import { idOfStep, isCreateStep, type KnownIds } from '../../activation/steps.ts';
import { hasSecret } from '../../activation/plan/secret-reference.ts';
import { visible } from '../console/visible.ts';

/** Shell variable of what becomes known while the script runs. */
const variables: Record<keyof KnownIds, string> = {
  flowSpecId: 'FLOW_SPEC_ID',
  sourceBaseConnectionId: 'SOURCE_BASE_CONNECTION_ID',
  sourceConnectionId: 'SOURCE_CONNECTION_ID',
  targetBaseConnectionId: 'TARGET_BASE_CONNECTION_ID',
  targetConnectionId: 'TARGET_CONNECTION_ID',
  inputSchemaId: 'INPUT_SCHEMA_ID',
  outputSchemaId: 'OUTPUT_SCHEMA_ID',
  mappingSetId: 'MAPPING_SET_ID',
  flowId: 'FLOW_ID',
  etag: 'ETAG',
};

/**
 * The requests of a plan as a shell script for curl and jq. Secrets are read from the environment when it
 * runs and reach curl by its standard input, never by its arguments. Bodies are printed as they are, not computed:
 * jq before 1.7 rounds numbers.
 */
export function curlScript(plan: Plan, requests: readonly ShownRequest[]): string {
  const secrets = secretsIn(plan.destination.auth?.params ?? {});
  const hasKey = JSON.stringify(requests).includes(`"${openKey}"`);
  const lines = [
    '#!/bin/sh',
    comment(`${plan.name}: what "ferry apply" sends, as curl. Needs curl and jq.`),
    'set -eu',
    ': "${FERRY_API_URL:=https://platform.adobe.io}"',
    ': "${FERRY_ACCESS_TOKEN:?}" "${FERRY_API_KEY:?}" "${FERRY_ORG_ID:?}"',
    ...secrets.map(({ variable }) => `: "\${${variable}:?}"`),
    ...(hasKey ? [': "${PUBLIC_KEY:?the armored public key}"'] : []),
    ...(usesFlowSpec(requests)
      ? [': "${FLOW_SPEC_ID:?look it up: GET /flowSpecs whose targetConnectionSpecIds has the destination}"']
      : []),
    '',
    '# call METHOD PATH [HEADER...]: body on standard input; the token is no argument that others could see.',
    'call() {',
    '  method=$1 path=$2; shift 2',
    '  for header; do shift; set -- "$@" -H "$header"; done',
    '  answer=$(curl --silent --show-error --fail-with-body -X "$method" "$FERRY_API_URL$path" \\',
    '    -H @/dev/fd/3 -H "x-api-key: $FERRY_API_KEY" -H "x-gw-ims-org-id: $FERRY_ORG_ID" \\',
    `    -H ${quote(`x-sandbox-name: ${plan.sandbox}`)} -H 'Accept: application/json' "$@" --data-binary @- 3<<TOKEN`,
    'Authorization: Bearer $FERRY_ACCESS_TOKEN',
    'TOKEN',
    '  ) || { printf \'%s %s was refused: %s\\n\' "$method" "$path" "$answer" >&2; exit 1; }',
    '  printf \'%s\\n\' "$answer"',
    '}',
    '',
    '# json TEXT: as a string of JSON.',
    'json() { printf \'%s\' "$1" | jq -Rs .; }',
    ...(hasKey || secrets.some(({ isEncoded }) => isEncoded)
      ? ["base64_of() { printf '%s' \"$1\" | base64 | tr -d '\\n'; }"]
      : []),
    ...(requests.some(({ copyOf }) => copyOf !== undefined && copyOf.filter !== '.') ? exact : []),
  ];
  for (const request of requests) {
    lines.push('', comment(request.step), ...callOf(request, secrets));
  }
  return `${lines.join('\n')}\n`;
}

/** Ends the script where jq would make other numbers of an answer than it has. */
const exact = [
  '',
  '# exact ANSWER: jq before 1.7 rounds long numbers, so there must be none.',
  'exact() {',
  '  test "$(echo 9007199254740993 | jq .)" = 9007199254740993 || ! printf \'%s\' "$1" |',
  "    grep -qE '[:,[][[:space:]]*-?[0-9][0-9.eE+-]{15}' ||",
  "    { echo 'This answer has numbers that only jq 1.7 or newer keeps.' >&2; exit 1; }",
  '}',
];

/** What stands for a public key that is not known yet. */
const openKey = '{publicKey}';

interface ScriptSecret {
  name: string;
  variable: string;
  isEncoded: boolean;
}

function secretsIn(params: AuthParams): ScriptSecret[] {
  return Object.entries(params).flatMap(([name, value]) => {
    if (hasSecret(value))
      return [
        { name, variable: secretVariable(value.$secret, name), isEncoded: value.encoding !== undefined },
      ];
    return typeof value === 'object' ? secretsIn(value) : [];
  });
}

function callOf(request: ShownRequest, secrets: readonly ScriptSecret[]): string[] {
  const path = doubleQuote(request.path);
  if (request.method === 'GET') return [`call GET ${path} </dev/null`];
  const [before, body] = request.copyOf ? copied(request, request.copyOf) : [[], bodyOf(request, secrets)];
  if (request.method === 'PATCH') {
    return [
      `ETAG=$(call GET ${path} </dev/null | jq -er '.items[0].etag')`,
      `${body} | call PATCH ${path} 'Content-Type: application/json' "If-Match: $ETAG"`,
    ];
  }
  const key = isCreateStep(request.step) ? idOfStep[request.step] : undefined;
  const assign = key === undefined ? '' : `${variables[key]}=$(`;
  const close = key === undefined ? '' : " | jq -er '.id')";
  return [...before, `${assign}${body} | call POST ${path} 'Content-Type: application/json'${close}`];
}

/** A body that holds something of the platform whole: it is read when the script runs. */
function copied({ body }: ShownRequest, { path, filter }: Copy): [string[], string] {
  const read = `COPY=$(call GET ${quote(path)} </dev/null)`;
  if (filter === '.') {
    const whole = '{copy}';
    const text = escapedJson({ ...(body as object), jsonSchema: whole }, 2);
    return [[read], printed(spliced([text], JSON.stringify(whole), '"$COPY"'))];
  }
  const program = quote(`{jsonSchema: (${filter})} * ${escapedJson(body, 2)}`);
  return [[read, 'exact "$COPY"'], `printf '%s' "$COPY" | jq ${program}`];
}

/** The body with what becomes known while the script runs in its places, as JSON: no quoting can go wrong. */
function bodyOf(request: ShownRequest, secrets: readonly ScriptSecret[]): string {
  // What would turn or hide is written as an escape.
  let parts: readonly Part[] = [escapedJson(request.body, 2)];
  for (const [key, placeholder] of Object.entries(placeholders) as [keyof KnownIds, string][])
    parts = spliced(parts, JSON.stringify(placeholder), `"$(json "$${variables[key]}")"`);
  if (request.step === 'target-base-connection') {
    for (const { name, variable, isEncoded } of secrets) {
      const member = `${escapedJson(name)}: `;
      const value = isEncoded ? `"$(base64_of "$${variable}")"` : `"$${variable}"`;
      parts = spliced(
        parts,
        `${member}${escapedJson(maskedSecret)}`,
        `${quote(member)}"$(json ${value})"`,
        1,
      );
    }
    parts = spliced(parts, JSON.stringify(openKey), '"$(json "$(base64_of "$PUBLIC_KEY")")"');
  }
  return printed(parts);
}

/** A text, or what the shell is to put in its place. */
type Part = string | { readonly shell: string };

/** Cuts texts where something of the shell is to stand. @param most - How often. */
function spliced(parts: readonly Part[], token: string, shell: string, most = Infinity): readonly Part[] {
  let left = most;
  return parts.flatMap((part): Part[] => {
    if (typeof part !== 'string') return [part];
    const cut = part.split(token);
    const count = Math.min(left, cut.length - 1);
    left -= count;
    const rest = cut.slice(count).join(token);
    return [...cut.slice(0, count).flatMap((text): Part[] => [text, { shell }]), rest];
  });
}

const printed = (parts: readonly Part[]): string =>
  `printf '%s' ${parts.map((part) => (typeof part === 'string' ? quote(part) : part.shell)).join('')}`;

const usesFlowSpec = (requests: readonly ShownRequest[]): boolean =>
  JSON.stringify(requests).includes(placeholders.flowSpecId);

const secretVariable = (reference: string, name: string): string =>
  reference.startsWith('env:') ? reference.slice(4) : `SECRET_${name.replaceAll(/\W/g, '_').toUpperCase()}`;

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const comment = (text: string): string => `# ${visible(text.replaceAll(/[\r\n]+/g, ' '))}`;

/** For paths: `{flowId}` becomes `$FLOW_ID`. */
function doubleQuote(path: string): string {
  const known = Object.entries(placeholders) as [keyof KnownIds, string][];
  return `"${known.reduce((text, [key, placeholder]) => text.replace(placeholder, `$${variables[key]}`), path)}"`;
}
