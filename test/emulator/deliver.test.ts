import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encoded, formatOf } from '../../source/emulator/deliver/encode.ts';
import { fileName, folderName, type Named, partName } from '../../source/emulator/deliver/names.ts';
import { HinderedError, targetOf } from '../../source/emulator/deliver/place.ts';
import { makerOf } from '../../source/emulator/deliver/values.ts';
import { withDefaults } from '../../source/emulator/options.ts';
import type { Delivery, EmulatorOptions } from '../../source/emulator/server.ts';
import { seededClient, Store } from '../../source/emulator/store.ts';
import { type Ask, asked, type Json, readOne } from '../helpers/asked.ts';
import { contractCards, otherAccounts } from '../helpers/contract-cards.ts';
import { endWithTest } from '../helpers/scope.ts';

// What the emulator writes where it delivers, held against the contract. Nothing of the product.

const hour = 3_600_000;
/** How long is waited for files, milliseconds. */
const noon = Date.UTC(2026, 10, 26, 12, 5, 9);
const segment = '9f7d37fd-7039-4454-94ef-2b0cd6c3206a';
const named: Named = {
  destination: 'Amazon S3',
  segmentId: segment,
  segmentName: 'Mountain & city, 台北',
  flowId: 'f1',
  flowName: 'My flow',
  organisation: 'ORG@AdobeOrg',
  sandbox: 'dev',
  mergePolicy: 'mp',
  atMs: noon,
};

describe('names of files', () => {
  it.each([
    ['%DESTINATION%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%', `AmazonS3_${segment}_20261126_120509`],
    ['%DESTINATION_NAME%_%SEGMENT_NAME%_own-text', 'AmazonS3_Mountain_city_台北_own-text'],
    ['%DESTINATION_INSTANCE_ID%_%DESTINATION_INSTANCE_NAME%_%TIMESTAMP%', `f1_My_flow_${noon / 1000}`],
    ['%SANDBOX_NAME%_%ORGANIZATION_NAME%_%this is text%', 'dev_ORG_AdobeOrg_this_is_text'],
    ['../%SEGMENT_ID%', `.._${segment}`],
    ['', `AmazonS3_segment${segment}_20261126120509`],
  ])('%s', (filenameTemplate, name) => {
    expect(fileName({ filenameTemplate }, named)).toBe(name);
  });

  it('of parts have their number before the ending', () => {
    expect([1, 2, 3].map((part) => partName('a', part, '.csv.gz'))).toEqual([
      'a.csv.gz',
      'a_2.csv.gz',
      'a_3.csv.gz',
    ]);
  });

  it('and of folders may be after their segment, and lead nowhere else', () => {
    expect(folderName('daily/%SEGMENT_ID%/x', named)).toBe(`daily/${segment}/x`);
    expect(folderName('%SEGMENT_NAME%', { ...named, segmentName: '..' })).toBe('_');
    expect(folderName('%SEGMENT_NAME%', { ...named, segmentName: 'a/../b' })).toBe('a_.._b');
  });
});

const textOf = async (pieces: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
};

describe('rows', () => {
  const rows = [['a,b', 'say "x"', undefined, '', 5, true, String.raw`back\slash`]];
  const header = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];

  it.each<[string, Json, string]>([
    ['as older cards have them', {}, String.raw`"a,b","say \"x\"",,,5,true,back\slash`],
    [
      'with words for nothing',
      { csvOptions: { quote: '"', escape: '\\', delimiter: ',', nullValue: 'null', emptyValue: '""' } },
      String.raw`"a,b","say \"x\"",null,"",5,true,back\slash`,
    ],
    [
      'without quotes',
      { csvOptions: { quote: '', delimiter: ',', nullValue: 'null' } },
      String.raw`a\,b,say "x",null,,5,true,back\slash`,
    ],
    ['with tabs', { csvOptions: { delimiter: '\t' } }, 'a,b\t"say \\"x\\""\t\t\t5\ttrue\tback\\slash'],
  ])('of CSV %s', async (_, params, line) => {
    const format = formatOf({ fileType: 'CSV', ...params } as never);
    const [first, second] = (await textOf(encoded(format, header, rows))).toString().split('\n');
    expect([first?.split(format.csv.delimiter).length, second]).toEqual([7, line]);
  });

  it('of JSON are an object a line, and packed where that is wanted', async () => {
    const format = formatOf({ fileType: 'JSON', compression: 'GZIP' });
    const packed = await textOf(
      encoded(
        format,
        ['a', 'b'],
        [
          [1, undefined],
          ['x', 'y'],
        ],
      ),
    );
    expect(gunzipSync(packed).toString()).toBe('{"a":1}\n{"a":"x","b":"y"}\n');
  });

  it.each(['NONE', 'GZIP'])('of Parquet read back, %s', async (compression) => {
    const format = formatOf({ fileType: 'PARQUET', compression });
    const { buffer, byteOffset, length } = await textOf(
      encoded(
        format,
        ['a', 'b', 'c'],
        [
          ['x', 1.5, true],
          ['y', undefined, false],
        ],
      ),
    );
    const { parquetReadObjects } = await import('hyparquet');
    const file = buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer;
    const compressors = { GZIP: (bytes: Uint8Array) => new Uint8Array(gunzipSync(bytes)) };
    expect(await parquetReadObjects({ file, compressors })).toEqual([
      { a: 'x', b: 1.5, c: true },
      { a: 'y', b: null, c: false },
    ]);
  });
});

describe('values', () => {
  const of = (source: string, sourceType = 'text/x.schema-path') =>
    makerOf({ name: 'c', source, sourceType }, true, noon);
  it.each([
    ['person.name.firstName', /^\p{L}/u],
    ['personalEmail.address', /^person\w*\.\d+@example\.com$/],
    ['identityMap.Email', /^person\.\d+@example\.com$/],
    ['Email', /^person\.\d+@example\.com$/],
    [String.raw`identityMap.Phone_E//.164`, /^\+1555\d{7}$/],
    ['ECID', /^\d{38}$/],
    ['person.birthDate', /^\d{4}-\d\d-\d\d$/],
    ['loyalty.joinDate', /^\d{4}-\d\d-\d\dT/],
    ['testProfile', /^(true|false)$/],
    ['_acme.loyalty.points', /^\d+$/],
    ['person.gender', /^(male|female|not_specified|non_specific)$/],
    ['segmentMembership.ups.seg_id.status', /^realized$/],
    ['segmentMembership.status', /^realized$/],
  ])('of %s', (source, like) => {
    for (const index of [0, 1, 24, 999]) expect(String(of(source)(index))).toMatch(like);
  });

  it('are joined, constant or nothing', () => {
    expect(of("array_to_string('_', organizations)", 'text/x.aep-xl')(2)).toBe(
      'organizations0_organizations1_organizations2',
    );
    expect(of('always this', 'text/plain')(7)).toBe('always this');
    expect(of('nowhere.known')(7)).toBeUndefined();
  });

  it('are missing here and there, but where a row must have them', () => {
    const made = (isNeeded: boolean) => {
      const make = makerOf(
        { name: 'c', source: 'person.name.firstName', sourceType: 'text/x.schema-path' },
        isNeeded,
        noon,
      );
      return Array.from({ length: 100 }, (_, index) => make(index)).filter((one) => one === undefined).length;
    };
    expect([made(false), made(true)]).toEqual([4, 0]);
  });
});

describe('places', () => {
  const scope = { orgId: 'o', sandbox: 'dev', client: 'svc' };
  const cardOf = (name: string): [account: string, target: string] => {
    const card = contractCards.find((one) => one.name === name);
    return [card?.account ?? '', card?.target ?? ''];
  };
  function placeOf([account, target]: [account: string, target: string], client = 'svc') {
    const store = new Store(withDefaults({ touchDelayMs: false }));
    const base = store.create({ ...scope, client }, 'connections', JSON.parse(account));
    const made = store.create(scope, 'targetConnections', JSON.parse(target.replace('<B>', base.id)));
    const flow = store.create(scope, 'flows', { targetConnectionIds: [made.id] });
    return targetOf(flow, store, scope, { s3Endpoint: 'http://s3', gcsEndpoint: 'http://gcs' });
  }

  it.each([
    ['Amazon S3', { kind: 's3', endpoint: 'http://s3', bucket: 'acme-exports', isGoogle: false }],
    ['Google Cloud Storage', { kind: 's3', endpoint: 'http://gcs', isGoogle: true }],
    ['Azure Blob Storage', { kind: 'azure', container: 'exports' }],
    ['SFTP', { kind: 'sftp', host: 'files.example.com', port: 22, username: 'aep', password: '...' }],
  ])('of %s', (name, place) => {
    expect(placeOf(cardOf(name)).place).toMatchObject(place);
  });

  it('have a folder from their beginning only on SFTP', () => {
    expect(placeOf(cardOf('SFTP')).folder).toBe('/in/aep');
    expect(placeOf(cardOf('Amazon S3')).folder).toBe('daily/%SEGMENT_NAME%');
  });

  const role = otherAccounts.find(([name]) => name === 'S3 by role')?.[1] ?? '';
  it.each<[string, string, [account: string, target: string], string?]>([
    ['servicePrincipal', 'a service principal', cardOf('Azure Data Lake Gen2')],
    ['landingZone', 'the landing zone', cardOf('Data Landing Zone')],
    ['assumedRole', 'a role', [role, cardOf('Amazon S3')[1]]],
    ['madeUpAccount', 'an account of others', cardOf('SFTP'), seededClient],
    [
      'encryption',
      'files that are to be encrypted',
      [JSON.stringify({ ...JSON.parse(cardOf('SFTP')[0]), encryption: {} }), cardOf('SFTP')[1]],
    ],
  ])('are none: %s, %s', (code, _, bodies, client) => {
    expect(() => placeOf(bodies, client)).toThrow(new HinderedError(code as never));
  });
});

/** A server that takes every file, or none. */
async function bucket(refuses = false): Promise<{ url: string; files: Map<string, Buffer> }> {
  const files = new Map<string, Buffer>();
  const server = createServer((request: IncomingMessage, answer) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      if (!refuses && request.method === 'PUT')
        files.set(decodeURIComponent(request.url?.split('?')[0] ?? ''), Buffer.concat(pieces));
      answer.writeHead(refuses ? 403 : 200, { 'content-type': 'application/xml' });
      answer.end(refuses ? '<Error><Code>AccessDenied</Code></Error>' : '');
    });
  });
  endWithTest(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, files };
}

describe('an export', () => {
  /** A dataflow to a bucket, mapped at eleven. */
  async function flowTo(s3Endpoint: string, options: EmulatorOptions = {}, params: Json = {}) {
    const clock = { ms: Date.UTC(2026, 10, 26, 11) };
    const deliveries: Delivery[] = [];
    const { ask, emulator } = await asked({
      now: () => clock.ms,
      runFaults: ['*=none'],
      rows: 25,
      rowsPerFile: 10,
      ...options,
      deliver: { s3Endpoint, onDelivery: (one) => deliveries.push(one) },
    });
    const card = contractCards[0];
    if (!card) throw new TypeError('no card');
    const made = async (at: string, body: unknown): Promise<string> => {
      const { status, text, body: answer } = await ask('POST', at, body);
      expect([at, status], text).toEqual([at, 201]);
      return String(answer['id']);
    };
    const source = await made('/sourceConnections', {
      name: 'in',
      connectionSpec: { id: '8a9c3494-9708-43d7-ae3f-cda01e5030e1', version: '1.0' },
    });
    const account = await made('/connections', card.account);
    const sent = JSON.parse(card.target.replace('<B>', account)) as Json;
    const target = await made('/targetConnections', {
      ...sent,
      params: { ...(sent['params'] as Json), ...params },
    });
    const schema = async (): Promise<Json> => ({
      id: (
        await ask('POST', '/data/foundation/conversion/schemas', {
          name: 'x',
          jsonSchema: { type: 'object', properties: {} },
        })
      ).body['id'],
    });
    const { body: set } = await ask('POST', '/data/foundation/conversion/mappingSets', {
      inputSchema: await schema(),
      outputSchema: await schema(),
      xdmVersion: '1.0',
      mappings: [
        { sourceType: 'ATTRIBUTE', source: 'person.name.firstName', destination: 'firstName' },
        { sourceType: 'ATTRIBUTE', source: 'identityMap.Email', destination: 'Email' },
      ],
    });
    const schedule = { frequency: 'ONCE', startDate: '2026-11-26', startTime: '13:00' };
    const filenameTemplate = '%DESTINATION%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%';
    const value = { id: segment, name: 'Gold', filenameTemplate, exportMode: 'DAILY_FULL_EXPORT', schedule };
    const flow = await made('/flows', {
      name: 'Gold to S3',
      flowSpec: { id: card.flowSpecId, version: '1.0' },
      sourceConnectionIds: [source],
      targetConnectionIds: [target],
      transformations: [
        {
          name: 'GeneralTransform',
          params: {
            mandatoryFields: [],
            primaryFields: [{ fieldType: 'IDENTITY', identityNamespace: 'Email' }],
            profileMapping: { mappingId: set['id'], mappingVersion: 0 },
            segmentSelectors: { selectors: [] },
          },
        },
      ],
    });
    const at = `/flows/${flow}`;
    const path = '/transformations/0/params/segmentSelectors/selectors/-';
    const op = { op: 'add', path, value: { type: 'PLATFORM_SEGMENT', value } };
    const { etag } = await readOne(ask, at);
    expect((await ask('PATCH', at, [op], { 'if-match': String(etag) })).status).toBe(202);
    await expect.poll(async () => JSON.stringify(await readOne(ask, at))).toContain('"createTime"');
    const runs = async () => {
      const { body } = await ask('GET', `/runs?property=flowId==${flow}`);
      return body['items'] as { id: string; metrics: { [group: string]: Json } }[];
    };
    return { ask, emulator, clock, deliveries, flow, runs };
  }

  const exportNow = (ask: Ask, flow: string) =>
    ask(
      'POST',
      '/data/core/activation/disflowprovider/adhocrun',
      { activationInfo: { [flow]: [segment] } },
      { accept: 'application/vnd.adobe.adhoc.activation+json; version=2' },
    );

  it('of a schedule is written in parts, with its manifest, and its run tells the same', async () => {
    const { url, files } = await bucket();
    const { clock, deliveries, flow, runs } = await flowTo(url);
    clock.ms = Date.UTC(2026, 10, 26, 12, 59);
    expect(await runs()).toEqual([]);
    clock.ms = Date.UTC(2026, 10, 26, 15);
    await expect.poll(() => deliveries).toHaveLength(1);
    const [run] = await runs();
    expect(run?.metrics).toMatchObject({
      statusSummary: { status: 'success' },
      fileSummary: { outputFileCount: 3 },
      recordSummary: { outputRecordCount: 25 },
    });
    const names = [...files.keys()].toSorted();
    const [stem = ''] = names.map((name) => name.replace(/\.csv\.gz$/, ''));
    expect(stem).toMatch(new RegExp(`^/acme-exports/daily/Gold/AmazonS3_${segment}_20261126_13\\d{4}$`));
    const manifest = `/acme-exports/daily/Gold/manifest-${flow}-${run?.id}.json`;
    expect(names).toEqual([`${stem}.csv.gz`, `${stem}_2.csv.gz`, `${stem}_3.csv.gz`, manifest]);
    const lines = (name: string) =>
      gunzipSync(files.get(name) ?? '')
        .toString()
        .trimEnd()
        .split('\n');
    expect(names.slice(0, 3).map((name) => lines(name).length)).toEqual([11, 11, 6]);
    expect(names.slice(0, 3).map((name) => lines(name)[0])).toEqual(Array(3).fill('firstName,Email'));
    const people = names.slice(0, 3).flatMap((name) =>
      lines(name)
        .slice(1)
        .map((line) => line.split(',').at(-1)),
    );
    expect(new Set(people).size).toBe(25);
    const said = JSON.parse(files.get(manifest)?.toString() ?? '') as Json;
    expect(said).toEqual({
      flowRunId: run?.id,
      scheduledTime: '2026-11-26T13:00:00.000Z',
      exportResults: names.slice(0, 3).map((name) => ({
        sinkPath: 'daily/Gold',
        name: name.split('/').at(-1),
        size: files.get(name)?.length,
      })),
    });
    const sizes = names.slice(0, 3).reduce((sum, name) => sum + (files.get(name)?.length ?? 0), 0);
    expect(run?.metrics['sizeSummary']).toMatchObject({ outputBytes: sizes });
  });

  it('that somebody asked for is under way until it is written, and written once', async () => {
    const { url, files } = await bucket();
    const { ask, clock, deliveries, flow, runs } = await flowTo(
      url,
      { rows: 3 },
      { includeFileManifest: false },
    );
    clock.ms = Date.UTC(2026, 10, 26, 12, 30);
    expect((await exportNow(ask, flow)).status).toBe(200);
    clock.ms += 60_000;
    expect((await runs())[0]?.metrics['statusSummary']).toEqual({ status: 'processing' });
    clock.ms += 20 * 60_000;
    await expect
      .poll(() => deliveries)
      .toMatchObject([{ kind: 'written', segment, where: 's3://acme-exports' }]);
    expect((await runs())[0]?.metrics['statusSummary']).toMatchObject({ status: 'success' });
    expect([...files.keys()]).toHaveLength(1);
    clock.ms += hour;
    await expect.poll(() => deliveries).toHaveLength(2);
    expect([...files.keys()]).toHaveLength(2);
  });

  it('that cannot be written has failed, and says why without a secret', async () => {
    const { url } = await bucket(true);
    const { clock, deliveries, runs } = await flowTo(url);
    clock.ms = Date.UTC(2026, 10, 26, 15);
    await expect
      .poll(() => deliveries)
      .toMatchObject([{ kind: 'failed', why: 'AccessDenied', where: 's3://acme-exports' }]);
    expect((await runs())[0]?.metrics['statusSummary']).toMatchObject({ status: 'failed' });
    expect(JSON.stringify(deliveries)).not.toContain('A1b2/C3d4');
  });

  it('of which nothing is to be written leaves no file', async () => {
    const { url, files } = await bucket();
    const { clock, deliveries, runs } = await flowTo(
      url,
      { runFaults: ['*=empty'] },
      { includeFileManifest: false },
    );
    clock.ms = Date.UTC(2026, 10, 26, 15);
    await expect.poll(() => deliveries).toMatchObject([{ kind: 'written', files: [] }]);
    expect([files.size, (await runs())[0]?.metrics['fileSummary']]).toEqual([
      0,
      { inputFileCount: 0, outputFileCount: 0 },
    ]);
  });

  it('is written to nobody whom the emulator has made up', async () => {
    const { url, files } = await bucket();
    const { clock, deliveries } = await flowTo(url, { flows: 8, runFaults: ['*=none'] });
    clock.ms = Date.UTC(2026, 10, 26, 23, 30);
    await expect.poll(() => deliveries).toHaveLength(1);
    expect(files.size).toBe(4);
  });
});
