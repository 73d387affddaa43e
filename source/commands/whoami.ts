import { utcText } from '../activation/content/schedule.ts';
import type { FlowService } from '../flow-service/client.ts';
import { RefusedError } from '../flow-service/errors.ts';
import { listText, type Text, valueText } from '../locale/texts.ts';
import type { Arguments } from './console/arguments.ts';
import { withConnected } from './connect/connect.ts';
import type { Connected } from './connect/open-client.ts';
import { exitCode } from './console/exit-codes.ts';
import { chosenProfile, savedProfiles } from './connect/profile.ts';
import { withStop } from './console/with-stop.ts';
import { json, line, type Streams } from './console/streams.ts';
import { tableLines } from './console/table-text.ts';
import { columnsOf, tell } from './console/wrap-said.ts';
import { isoText } from './console/here.ts';

/** Calls that tell what a credential may do. What it may write, no reading call can tell. */
const probes: readonly { permission: string; read: (client: FlowService) => Promise<unknown> }[] = [
  { permission: 'View Sandboxes', read: (client) => client.listSandboxes() },
  { permission: 'View Destinations', read: (client) => client.list('flows').next() },
  { permission: 'View Segments', read: (client) => client.listSegments().next() },
  { permission: 'View Profiles', read: (client) => client.getUnionSchema() },
];

type May = 'yes' | 'no' | 'unknown';

/**
 * `ferry whoami`: organisation, sandbox, end of the token, and what the credential may do as far as reading
 * calls can tell. Exit 4 when the platform does not know the credential at all.
 *
 * @see flow-service.md, section 1.3
 */
export function runWhoami({ flags }: Arguments, streams: Streams): Promise<number> {
  return withStop(streams, flags.json === true, async (enter) => {
    const named = flags.emulator === true ? undefined : chosenProfile(flags, streams.env);
    return withConnected({ flags, streams, readOnly: true }, enter, async (connected) => {
      // A sign-in that fails fails here, before six calls say the same.
      await connected.token.get();
      const may = await Promise.all(
        probes.map(async ({ permission, read }) => ({
          permission,
          may: await allowed(read(connected.client)),
        })),
      );
      const listed = await connected.isProduction().catch(() => undefined);
      const isProduction = listed ?? (connected.client.sandbox === 'prod' ? true : undefined);
      const profiles = Object.keys(savedProfiles(streams.env).profiles);
      tellAll({ connected, profile: named?.name, profiles, isProduction, may }, flags.json === true, streams);
      return exitCode.done;
    });
  });
}

async function allowed(reading: Promise<unknown>): Promise<May> {
  try {
    await reading;
    return 'yes';
  } catch (error) {
    // A token that is not accepted is not a missing permission.
    if (error instanceof RefusedError && error.status === 401) throw error;
    return error instanceof RefusedError && error.status === 403 ? 'no' : 'unknown';
  }
}

function tellAll(
  found: {
    connected: Connected;
    profile: string | undefined;
    profiles: readonly string[];
    isProduction: boolean | undefined;
    may: readonly { permission: string; may: May }[];
  },
  isJson: boolean,
  { stdout, text, glyphs }: Streams,
): void {
  const { connected, profile, profiles, isProduction, may } = found;
  const { apiUrl, orgId, sandbox } = connected.client;
  const endMs = connected.token.endMs();
  const tokenEnd = isoText(endMs);
  if (isJson) {
    const permissions = Object.fromEntries(may.map((one) => [one.permission, one.may]));
    json(
      stdout,
      {
        profile,
        orgId,
        apiUrl,
        sandbox,
        isProduction: isProduction ?? null,
        tokenEnd,
        permissions,
        profiles,
      },
      2,
    );
    return;
  }
  const kind = isProduction === true ? ` ${glyphs.dot} ${text('sandbox.production')}` : '';
  const others = profiles.filter((name) => name !== profile);
  const rows = [
    [text('whoami.profile'), profile ?? text('whoami.noProfile')],
    [text('whoami.org'), orgId],
    [text('whoami.platform'), apiUrl],
    [text('whoami.sandbox'), `${sandbox}${kind}`],
    [text('whoami.token'), endMs === undefined ? text('whoami.unknownEnd') : untilText(endMs, text)],
    ...may.map((one) => [valueText(text, one.permission), text(`whoami.${one.may}`)]),
    ...(others.length > 0 ? [[text('whoami.others'), listText(text, others)]] : []),
  ];
  for (const row of tableLines(rows, columnsOf(stdout))) line(stdout, row);
  tell(stdout, text('whoami.writing'));
}

/** `ends 25 Nov 2026 17:20 UTC (in 23 h 59 min)` */
function untilText(endMs: number, text: Text): string {
  const minutes = Math.round((endMs - Date.now()) / 60_000);
  const at = utcText(endMs);
  return minutes < 0
    ? text('whoami.ended', { at })
    : text('whoami.ends', { at, hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
