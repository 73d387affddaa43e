import { journalWords } from '../../apply/journal/run-store.ts';
import { stateFolder } from '../../settings/state-folder.ts';
import { type Copied, copyFolder } from '../../state/copy.ts';
import { openDatabase } from '../../state/postgres/database.ts';
import type { Text } from '../../locale/texts.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { json, type Streams } from '../console/streams.ts';
import { visible } from '../console/visible.ts';
import { tell } from '../console/wrap-said.ts';
import { addressOf, sharedState } from './shared-state.ts';

/**
 * `ferry state copy`: brings what this machine's folder holds into the database, and says what it left.
 *
 * @returns 0 when everything is there; 2 where something was left.
 * @throws StateAddressError, StateAwayError, StateRefusedError, StateVersionError, StateUnreadableError
 */
export async function copyState(url: string, flags: Flags, streams: Streams): Promise<number> {
  const { env, stdout, stderr, text, glyphs } = streams;
  const { drafts } = await sharedState(url, env);
  const database = openDatabase(addressOf(url, env));
  const all: Copied[] = [];
  let isLeft = false;
  try {
    for await (const one of copyFolder({
      stateFolder: stateFolder(env),
      database,
      drafts,
      words: journalWords,
    })) {
      all.push(one);
      const left = leftText(one, text);
      if (left === undefined) continue;
      isLeft = true;
      if (flags.json !== true) tell(stderr, `${glyphs.warning} ${left}`);
    }
  } finally {
    await database.close();
  }
  if (flags.json === true) {
    json(stdout, { kind: 'copied', from: stateFolder(env), to: database.place, all }, 2);
  } else {
    const count = (kind: Copied['kind']): number =>
      all.filter((one) => one.kind === kind && 'came' in one && one.came === 'copied').length;
    const acts = all.reduce((sum, one) => sum + (one.kind === 'audit' ? one.copied : 0), 0);
    tell(stdout, text('state.copied', { runs: count('run'), drafts: count('draft'), acts }));
  }
  return isLeft ? exitCode.usage : exitCode.done;
}

/** Says what was left, and why. What is there already needs no word. */
function leftText(one: Copied, text: Text): string | undefined {
  switch (one.kind) {
    case 'run':
      return one.came === 'copied' || one.came === 'there'
        ? undefined
        : text(`state.left.${one.came}`, { run: one.run });
    case 'draft':
      return one.came === 'damaged' ? text('state.left.draft', { name: visible(one.name) }) : undefined;
    case 'audit':
      return one.damaged > 0 ? text('state.left.audit', { lines: one.damaged }) : undefined;
  }
}
