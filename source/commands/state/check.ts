import { stateFolder } from '../../settings/state-folder.ts';
import { isLocal } from '../../state/postgres/address.ts';
import { openDatabase } from '../../state/postgres/database.ts';
import { inspect, type Inspection } from '../../state/postgres/inspect.ts';
import { outboxIn } from '../../state/postgres/outbox.ts';
import type { Text } from '../../locale/texts.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { json, type Streams } from '../console/streams.ts';
import { tell } from '../console/wrap-said.ts';
import { addressOf } from './shared-state.ts';

/** A clock that differs by more makes times in the history wrong, milliseconds. Leases go by the database's alone. */
const mostClockMs = 5_000;

/** A line of the check: `wrong` keeps ferry from working, `doubtful` does not. */
interface Said {
  readonly id: string;
  readonly mark: 'fine' | 'doubtful' | 'wrong';
  readonly text: string;
}

/**
 * `ferry state check`: whether the shared state can be worked with, and what is old in it. Changes nothing.
 *
 * @throws StateAddressError, StateAwayError, StateRefusedError
 */
export async function checkState(url: string, flags: Flags, streams: Streams): Promise<number> {
  const { env, stdout, text, english, glyphs } = streams;
  const address = addressOf(url, env);
  const database = openDatabase(address);
  let found: Inspection;
  try {
    found = await inspect(database, outboxIn(stateFolder(env), database.place));
  } finally {
    await database.close();
  }
  const isNear = isLocal(address.host);
  const said = saidOf(found, isNear, text);
  const isWrong = said.some(({ mark }) => mark === 'wrong');
  if (flags.json === true) {
    const findings = saidOf(found, isNear, english).filter(({ mark }) => mark !== 'fine');
    json(stdout, { ...found, outcome: isWrong ? 'wrong' : 'fine', findings }, 2);
  } else {
    tell(stdout, found.place);
    const marks = { fine: glyphs.check, doubtful: glyphs.warning, wrong: glyphs.cross };
    for (const one of said) tell(stdout, `${marks[one.mark]} ${one.text}`);
  }
  return isWrong ? exitCode.usage : exitCode.done;
}

const said = (id: string, mark: Said['mark'], words: string): Said => ({ id, mark, text: words });

function versionSaid(version: number, known: number, text: Text): Said {
  if (version === known) return said('version', 'fine', text('state.version', { version }));
  const id = version === 0 ? 'state.noTables' : version < known ? 'state.olderTables' : 'state.newerTables';
  return said('version', 'wrong', text(id, { version, known }));
}

/** @param isNear - Whether nobody is on the way to it. */
function saidOf(found: Inspection, isNear: boolean, text: Text): Said[] {
  const { server, version, known, queueVersion, knownQueue, lacking, tooMany, kept, waiting } = found;
  const ms = Math.round(found.roundTripMs * 10) / 10;
  const seconds = Math.round(Math.abs(found.clockAheadMs) / 1000);
  const isClockOff = Math.abs(found.clockAheadMs) > mostClockMs;
  return [
    found.isServerKnown
      ? said('server', 'fine', text('state.server', { server, ms }))
      : said('server', 'wrong', text('state.oldServer', { server })),
    found.isEncrypted
      ? said('tls', 'fine', text('state.encrypted'))
      : said('tls', isNear ? 'fine' : 'doubtful', text('state.clear')),
    ...(found.isReadOnly ? [said('readOnly', 'wrong', text('state.readOnly'))] : []),
    isClockOff
      ? said(
          'clock',
          'doubtful',
          text(found.clockAheadMs > 0 ? 'state.clockAhead' : 'state.clockBehind', { seconds }),
        )
      : said('clock', 'fine', text('state.clock')),
    ...(version === undefined ? [] : [versionSaid(version, known, text)]),
    ...(version === known && queueVersion !== undefined && queueVersion !== knownQueue
      ? [said('queue', 'wrong', text(queueVersion < knownQueue ? 'state.olderQueue' : 'state.newerQueue'))]
      : []),
    ...(lacking.length > 0 ? [said('lacking', 'wrong', text('state.lacking', { rights: lacking }))] : []),
    ...(tooMany.length > 0 ? [said('tooMany', 'doubtful', text('state.tooMany', { rights: tooMany }))] : []),
    ...(version === known && lacking.length + tooMany.length === 0
      ? [said('rights', 'fine', text('state.rights'))]
      : []),
    ...(waiting > 0 ? [said('waiting', 'doubtful', text('state.waiting', { lines: waiting }))] : []),
    ...(kept
      ? [said('kept', 'fine', text('state.kept', { ...kept, megabytes: Math.ceil(kept.bytes / 1_048_576) }))]
      : []),
    ...(kept && kept.abandoned > 0
      ? [said('abandoned', 'doubtful', text('state.abandoned', { runs: kept.abandoned }))]
      : []),
  ];
}
