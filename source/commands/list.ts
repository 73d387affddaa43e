import { maskedSecret } from '../activation/requests.ts';
import { utcText } from '../activation/content/schedule.ts';
import {
  batchDestinations,
  cardAge,
  destinationTitle,
  migratedCards,
} from '../activation/spec/destinations.ts';
import { firstWays } from '../activation/content/column-edits.ts';
import {
  attributeTree,
  exportablePaths,
  isExpression,
  listPaths,
} from '../activation/content/profile-attributes.ts';
import { isMeant, sortedBy, type SortKey, sortKeys } from '../activation/flow-table.ts';
import { momentText } from '../locale/format.ts';
import type { Scene } from '../locale/explain.ts';
import { type Text, valueText } from '../locale/texts.ts';
import type { JsonSchema } from '../flow-service/json-schema.ts';
import { IncompleteListError } from '../flow-service/errors.ts';
import type { Arguments, Flags } from './console/arguments.ts';
import { withConnected } from './connect/connect.ts';
import { wordPattern } from '../ground/literal.ts';
import { keepHeapLean } from './connect/lean-heap.ts';
import type { Connected } from './connect/open-client.ts';
import { exitCode } from './console/exit-codes.ts';
import { Stop } from './console/stop.ts';
import { tellError, withStop } from './console/with-stop.ts';
import { endNow, jsonRows, line, type Streams } from './console/streams.ts';
import { readJudged } from './flow/read-judged.ts';
import { readTable } from './flow/read-table.ts';
import { flowLines, flowRow } from './flow/table-lines.ts';
import { tableLines } from './console/table-text.ts';
import { columnsOf, tell } from './console/wrap-said.ts';
import { isoText, localZone } from './console/here.ts';

type Row = Record<string, string | boolean | undefined>;

/** What is listed, page by page. @param say - Takes what is to be said beside it. */
type Read = (connected: Connected, say: (...sentence: Parameters<Text>) => void) => AsyncIterable<Row[]>;

const kinds: Record<string, Read> = {
  async *destinations({ client }, say) {
    const [specs, flowSpecs] = await Promise.all([
      client.listConnectionSpecs(),
      // Only what ferry does not know needs them.
      client.listFlowSpecs().catch(() => []),
    ]);
    const offered = batchDestinations(specs, flowSpecs);
    for (const { older, newer } of migratedCards(specs))
      say('destination.migrated', { name: older.name, newer: newer.name, newerId: newer.connectionSpecId });
    yield offered.map((spec) => {
      const card = cardAge(spec.id);
      return { id: spec.id, name: destinationTitle(spec), ...(card === undefined ? {} : { card }) };
    });
  },
  async *segments({ client }) {
    keepHeapLean();
    let isCut = false;
    for await (const page of client.listSegments()) {
      isCut ||= page.isCut === true;
      yield page.segments.map(({ id, name, evaluation, updatedAtMs }) => ({
        id,
        name,
        evaluation,
        updatedAt: isoText(updatedAtMs),
      }));
    }
    if (isCut) throw new IncompleteListError({ method: 'GET', path: '/data/core/ups/audiences' });
  },
  async *attributes({ client }) {
    yield attributeRows(await client.getUnionSchema());
  },
  async *sandboxes({ client }) {
    const sandboxes = await client.listSandboxes();
    yield sandboxes.map(({ name, title, state, isProduction }) => ({ name, title, state, isProduction }));
  },
  async *'landing-zone'({ client }) {
    const { place, secrets, endMs } = await client.readLandingZone();
    yield [
      ...Object.entries(place).map(([name, value]) => ({ name, value })),
      ...Object.keys(secrets).map((name) => ({ name, value: maskedSecret })),
      ...(endMs === undefined ? [] : [{ name: 'expiryTime', value: isoText(endMs) }]),
    ];
  },
};

/**
 * What a plan may select: attributes, and of each array of single values what a newer card makes of it. Every `path`
 * is one as a plan has it.
 *
 * @see flow-service.md, section 2.9; cards.md, section 6.3
 */
export function attributeRows(schema: JsonSchema): Row[] {
  const tree = attributeTree(schema);
  return [
    ...exportablePaths(tree).map((path) => ({ path })),
    ...listPaths(tree).flatMap((array) =>
      firstWays(array).map((path) => ({ path, array, card: 'newer' as const })),
    ),
  ];
}

/** `ferry list …`: what the platform offers. @see cli.md */
export function runList({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  const isJson = flags.json === true;
  return withStop(streams, isJson, async (enter, begun) => {
    const [kind = ''] = rest;
    if (kind === 'flows') return listFlows(flags, streams, enter, begun);
    requireNone(flags);
    const read = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (!read) {
      throw new Stop(exitCode.usage, (text) =>
        text('command.notOneOf', {
          word: kind,
          form: text.command(`list ${[...Object.keys(kinds), 'flows'].join('|')}`),
        }),
      );
    }
    return withConnected({ flags, streams }, enter, async (connected) => {
      // A reader that has seen enough need not wait for the rest.
      streams.brokenPipe.act = endNow;
      const wanted = wordPattern(flags.search ?? '');
      const say = (...sentence: Parameters<Text>): void =>
        tell(streams.stderr, `${streams.glyphs.warning} ${streams.text(...sentence)}`);
      let total = 0;
      let cut: IncompleteListError | undefined;
      const found = async function* (): AsyncGenerator<Row[]> {
        try {
          for await (const page of read(connected, say)) {
            total += page.length;
            yield page.filter((row) => Object.values(row).some((value) => wanted.test(String(value))));
          }
        } catch (error) {
          // What came is shown before it is said that there may be more.
          if (!(error instanceof IncompleteListError) || total === 0) throw error;
          cut = error;
        }
      };
      if (isJson) {
        await jsonRows(streams.stdout, found(), 2, begun);
        begun();
      } else {
        const rows: (string | undefined)[][] = [];
        // As wide as the widest: a table needs them all.
        for await (const page of found()) rows.push(...page.map((row) => cellsOf(row, streams.text)));
        for (const one of tableLines(rows, columnsOf(streams.stdout))) line(streams.stdout, one);
        tell(streams.stderr, streams.text('command.listMore', { shown: rows.length, total }));
      }
      if (cut) throw cut;
      return exitCode.done;
    });
  });
}

const flowFlags = ['failing', 'disabled', 'destination', 'segment', 'sort'] as const;

/** @throws Stop (2) for what only the list of dataflows knows */
function requireNone(flags: Flags): void {
  const given = flowFlags.filter((flag) => flags[flag] !== undefined).map((flag) => `--${flag}`);
  if (given.length > 0)
    throw new Stop(exitCode.usage, (text) =>
      text('list.flowsOnly', { flags: given, form: text.command('list flows') }),
    );
}

function sortOf(word: string | undefined): SortKey {
  const known = sortKeys.find((one) => one === word);
  if (word === undefined || known) return known ?? 'changed';
  throw new Stop(exitCode.usage, (text) =>
    text('command.notOneOf', { word, form: `--sort ${sortKeys.join('|')}` }),
  );
}

/** `ferry list flows`: the dataflows of a sandbox, with what they lead to. @see manage.md, section 1 */
async function listFlows(
  flags: Flags,
  streams: Streams,
  enter: (scene: Scene) => void,
  onBegun: () => void,
): Promise<number> {
  const { text, stdout, stderr, glyphs } = streams;
  const sort = sortOf(flags.sort);
  return withConnected({ flags, streams }, enter, async (connected) => {
    const { client, scene } = connected;
    streams.brokenPipe.act = endNow;
    const { rows, lacks, cut } = await (flags.failing === true
      ? readJudged(connected, streams.env)
      : readTable(connected.client));
    const shown = sortedBy(
      sort,
      rows.filter((row) =>
        isMeant(row, {
          search: flags.search,
          isFailing: flags.failing,
          isDisabled: flags.disabled,
          destination: flags.destination,
          segments: flags.segment,
        }),
      ),
    );
    if (flags.json === true) {
      const pages = async function* (): AsyncGenerator<object[]> {
        yield shown.map(flowRow);
        // Nobody takes a document that is open for the whole.
        if (cut) throw cut;
      };
      await jsonRows(stdout, pages(), 2, onBegun);
      onBegun();
    } else {
      const { nowMs } = client.clock();
      const here = { nowMs, zone: localZone() };
      if (shown.length > 0)
        for (const one of flowLines(shown, text, here, columnsOf(stdout))) line(stdout, one);
      tell(stderr, text('command.listMore', { shown: shown.length, total: rows.length }));
    }
    if (lacks.length > 0) tell(stderr, `${glyphs.warning} ${text('list.unread')}`);
    for (const error of lacks) tellError(streams, error, scene);
    if (cut) throw cut;
    return exitCode.done;
  });
}

/** A row for people: the platform's values in words, moments as they write them. */
export function cellsOf(row: Row, text: Text): (string | undefined)[] {
  return Object.entries(row).map(([column, value]) => {
    if (typeof value !== 'string') return value === true ? text('sandbox.production') : undefined;
    if (column === 'updatedAt') return `${momentText(text.language, utcText(Date.parse(value)))} UTC`;
    if (column === 'array') return text(isExpression(String(row['path'])) ? 'list.joined' : 'list.element');
    if (column === 'card') return text(value === 'newer' ? 'destination.newer' : 'destination.older');
    return column === 'evaluation' || column === 'state' ? valueText(text, value) : value;
  });
}
