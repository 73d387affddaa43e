import {
  askedEncryption,
  type AskedEncryption,
  offeredEncryption,
} from '../activation/content/encryption.ts';
import type { Credentials } from '../apply/errand/errand.ts';
import { reachOf } from '../apply/errand/update-credentials.ts';
import type { Errand } from '../apply/journal/errands.ts';
import type { Connection } from '../flow-service/connections.ts';
import { credentialsOf } from './account-credentials.ts';
import { withConnected } from './connect/connect.ts';
import type { Connected } from './connect/open-client.ts';
import { type Arguments, isId } from './console/arguments.ts';
import { confirmIn } from './console/confirm-in.ts';
import { exitCode } from './console/exit-codes.ts';
import { Stop } from './console/stop.ts';
import { type Streams } from './console/streams.ts';
import { tell } from './console/wrap-said.ts';
import { visible } from './console/visible.ts';
import { withStop } from './console/with-stop.ts';
import { readKeyAt } from './plan/public-key.ts';
import { errandAndTell } from './runs/apply-run.ts';
import { newRun } from './runs/run-journal.ts';

/**
 * `ferry account update ID`: credentials of an account, always the whole set, and every dataflow that they reach is
 * named before they are sent. @see cli.md
 */
export function runAccount({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  const isJson = flags.json === true;
  return withStop(streams, isJson, async (enter) => {
    const [verb, id = ''] = rest;
    if (verb !== 'update' || id.trim() === '')
      throw new Stop(exitCode.usage, (text) => text('account.usage'));
    if (!isId(id)) throw new Stop(exitCode.usage, (text) => text('command.notAnId', { given: id }));
    if (flags['public-key'] !== undefined && (flags.auth !== undefined || flags.param !== undefined))
      throw new Stop(exitCode.usage, (text) => text('account.keyAlone'));
    return withConnected({ flags, streams }, enter, async (connected) => {
      const { client, scene } = connected;
      const account = await client.getConnection('connections', id);
      const name = account.name ?? id;
      const { flows: reached, unknown } = await reachOf(client, account, {});
      const { stdout, text } = streams;
      if (!isJson) {
        const list = (flows: readonly Connection[]): void => {
          for (const flow of flows)
            tell(stdout, visible(`  ${text('text.aside', { value: flow.name ?? '', aside: flow.id })}`));
        };
        tell(stdout, text('account.reaches', { count: reached.length, name: visible(name) }));
        list(reached);
        if (unknown.length > 0) tell(stdout, text('account.mayReach', { count: unknown.length }));
        list(unknown);
      }
      const publicKey = flags['public-key'];
      const about = { accountId: id, name };
      const [errand, credentials]: [Errand, Credentials?] =
        publicKey === undefined
          ? [
              { kind: 'credentials', ...about },
              await credentialsOf(connected.client, account, flags, streams),
            ]
          : [
              {
                kind: 'encryption',
                ...about,
                encryption: await encryptionFor(connected, account, publicKey, streams),
              },
            ];
      const kind = publicKey === undefined ? 'credentials' : 'encryption';
      const values = { name, id, count: reached.length + unknown.length, ...scene };
      const isSure = await confirmIn(
        [connected],
        text(`errand.${kind}.confirm`, values),
        (words) => words(`errand.${kind}.needsYes`, values),
        flags,
        streams,
      );
      if (!isSure) return exitCode.interrupted;
      return await errandAndTell({ errand, credentials, connected, run: newRun(), streams, isJson });
    });
  });
}

/** What asks an account to encrypt with a key. @throws Stop (2) where its destination encrypts nothing, or the key is none. */
async function encryptionFor(
  { client }: Connected,
  { id, name = id, connectionSpec }: Connection,
  given: string,
  streams: Streams,
): Promise<AskedEncryption> {
  const connectionSpecId = connectionSpec?.id ?? '';
  const [spec] = await client.getConnectionSpecs([connectionSpecId]);
  const offered = offeredEncryption(connectionSpecId, spec);
  if (!offered)
    throw new Stop(exitCode.usage, (text) => text('account.noEncryption', { name: visible(name) }));
  const reading = await readKeyAt(given, streams);
  if (reading.kind === 'problem')
    throw new Stop(exitCode.usage, (text) => text(reading.problem.id, reading.problem.values));
  return askedEncryption({ publicKey: reading.publicKey }, offered);
}
