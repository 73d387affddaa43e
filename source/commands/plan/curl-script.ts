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
 * runs and reach curl by its standard input, never by its arguments.
 */
export function curlScript(plan: Plan, requests: readonly ShownRequest[]): string {
  const secrets = secretsIn(plan.destination.auth?.params ?? {});
  const lines = [
    '#!/bin/sh',
    comment(`${plan.name}: what "ferry apply" sends, as curl. Needs curl and jq.`),
    'set -eu',
    ': "${FERRY_API_URL:=https://platform.adobe.io}"',
    ': "${FERRY_ACCESS_TOKEN:?}" "${FERRY_API_KEY:?}" "${FERRY_ORG_ID:?}"',
    ...secrets.map(({ variable }) => `: "\${${variable}:?}"`),
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
  ];
  for (const request of requests) {
    lines.push('', comment(request.step), ...callOf(request, secrets));
  }
  return `${lines.join('\n')}\n`;
}

interface ScriptSecret {
  name: string;
  variable: string;
}

function secretsIn(params: AuthParams): ScriptSecret[] {
  return Object.entries(params).flatMap(([name, value]) => {
    if (hasSecret(value)) return [{ name, variable: secretVariable(value.$secret, name) }];
    return typeof value === 'object' ? secretsIn(value) : [];
  });
}

function callOf(request: ShownRequest, secrets: readonly ScriptSecret[]): string[] {
  const path = doubleQuote(request.path);
  if (request.method === 'GET') return [`call GET ${path} </dev/null | jq .`];
  const body = request.copyOf ? copied(request, request.copyOf) : bodyOf(request, secrets);
  if (request.method === 'PATCH') {
    return [
      `ETAG=$(call GET ${path} </dev/null | jq -er '.items[0].etag')`,
      `${body} | call PATCH ${path} 'Content-Type: application/json' "If-Match: $ETAG"`,
    ];
  }
  const key = isCreateStep(request.step) ? idOfStep[request.step] : undefined;
  const assign = key === undefined ? '' : `${variables[key]}=$(`;
  const close = key === undefined ? '' : " | jq -er '.id')";
  return [`${assign}${body} | call POST ${path} 'Content-Type: application/json'${close}`];
}

/** A body that holds something of the platform whole: it is read when the script runs. */
const copied = ({ body }: ShownRequest, { path, filter }: Copy): string =>
  `call GET ${quote(path)} </dev/null | jq ${quote(`{jsonSchema: (${filter})} * ${escapedJson(body, 2)}`)}`;

/** The body as a jq program: ids and secrets come from the environment, so no quoting can go wrong. */
function bodyOf(request: ShownRequest, secrets: readonly ScriptSecret[]): string {
  // jq reads the escapes of JSON: what would turn or hide is written as one.
  let program = escapedJson(request.body, 2);
  const exported: string[] = [];
  for (const [key, placeholder] of Object.entries(placeholders) as [keyof KnownIds, string][]) {
    if (!program.includes(JSON.stringify(placeholder))) continue;
    program = program.replaceAll(JSON.stringify(placeholder), `env.${variables[key]}`);
    exported.push(`${variables[key]}="$${variables[key]}"`);
  }
  if (request.step === 'target-base-connection') {
    for (const { name, variable } of secrets) {
      program = program.replace(
        `${escapedJson(name)}: ${escapedJson(maskedSecret)}`,
        () => `${escapedJson(name)}: env.${variable}`,
      );
      exported.push(`${variable}="$${variable}"`);
    }
  }
  return `${exported.map((one) => `${one} `).join('')}jq -n ${quote(program)}`;
}

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
