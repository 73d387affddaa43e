import { describe, expect, it } from 'vitest';
import { openClient } from '../../source/commands/connect/open-client.ts';
import { answerWith, type Written } from '../helpers/answers.ts';

const dev = (name: string): object => ({ name, type: 'development' });
const many = Array.from({ length: 20 }, (_, at) => dev(`d${at}`));
const offsetOf = (url: string): number => Number(new URL(url, 'http://x').searchParams.get('offset'));
const page = (sandboxes: object[], more: object = {}): Written => ({ json: { sandboxes, ...more } });
const linkTo = (offset: number): object => ({ _links: { next: { href: `?limit=20&offset=${offset}` } } });

describe('whether sandbox "live" is production', () => {
  it.each<[string, (url: string, count: number) => Written, boolean | undefined, number]>([
    ['it is listed for development', () => page([dev('live')]), false, 2],
    ['it is listed as production', () => page([{ name: 'live', type: 'production' }]), true, 2],
    ['its kind is another word', () => page([{ name: 'live', type: 'sandboxed' }]), true, 2],
    ['its kind is not told', () => page([{ name: 'live' }]), true, 2],
    [
      'it is on the last page',
      (url) =>
        page(
          offsetOf(url) === 40
            ? [dev('live')]
            : many.map((one, at) => ({ ...one, name: `${offsetOf(url)} ${at}` })),
          { _page: { limit: 20 } },
        ),
      false,
      3,
    ],
    ['it is not in a list that is whole', () => page(many, { _page: { limit: 50 } }), undefined, 1],
    ['the same page comes for ever, without link or total', () => page(many), undefined, 2],
    ['the same page comes for ever, and it is on it', () => page([...many, dev('live')]), false, 2],
    [
      'two pages come in turn for ever',
      (_, count) => page(count % 2 === 0 ? many : many.map((one, at) => ({ ...one, name: `e${at}` }))),
      undefined,
      3,
    ],
    ['links lead back', () => page(many, linkTo(20)), undefined, 2],
    [
      'links lead on and on over the same page',
      (url) => page(many, linkTo(offsetOf(url) + 20)),
      undefined,
      251,
    ],
    [
      'more is promised than comes',
      () => page(many, { _page: { limit: 20, totalCount: 1e9 } }),
      undefined,
      2,
    ],
    ['nothing comes of what is promised', () => page([], { _page: { totalCount: 1e9 } }), undefined, 1],
    ['nothing comes', () => page([]), undefined, 1],
    ['nobody may look', () => ({ status: 403, json: {} }), undefined, 1],
    ['there is no such list', () => ({ status: 404, json: {} }), undefined, 1],
  ])('is known or not where %s', async (_, written, wanted, requests) => {
    const server = await answerWith(({ url }, count) => written(url, count));
    const connected = openClient({ kind: 'emulator', url: server.url, sandbox: 'live' }, { readOnly: false });
    expect(await connected.isProduction()).toBe(wanted);
    expect(server.seen).toHaveLength(requests);
    await connected.close();
  });
});
