import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { holdsPassword, shownStateUrl, stateUrl } from '../../source/settings/state-url.ts';
import { readAddress } from '../../source/state/postgres/address.ts';
import { freshFolder } from '../helpers/folders.ts';

const proven = { rejectUnauthorized: true };

describe('the address of a state', () => {
  it.each([
    [
      'postgres://anna@db.example.org/ferry',
      { host: 'db.example.org', port: 5432, database: 'ferry', user: 'anna' },
    ],
    ['postgresql://anna@db.example.org:6000/ferry', { port: 6000 }],
    ['postgres://an%40na:p%3Aw@h/fe%20rry', { user: 'an@na', password: 'p:w', database: 'fe rry' }],
    ['postgres://anna@/ferry?host=/run/postgresql', { host: '/run/postgresql', ssl: false }],
    ['postgres:///ferry?host=%2Frun', { host: '/run', user: 'from-environment', password: 'kept' }],
    ['postgres://anna@[2001:db8::1]:6000/ferry', { host: '2001:db8::1', port: 6000, ssl: proven }],
  ])('%s', (text, wanted) => {
    const env = { PGUSER: 'from-environment', PGPASSWORD: 'kept' };
    expect(readAddress(text, env)).toMatchObject(wanted);
  });

  it.each([
    ['localhost', '', false],
    ['127.0.0.1', '', false],
    ['[::1]', '', false],
    ['localhost.example.org', '', proven],
    ['127.0.0.2', '', proven],
    ['db', '', proven],
    ['db', '?sslmode=disable', false],
    ['localhost', '?sslmode=require', proven],
    ['db', '?sslmode=verify-ca', proven],
    ['db', '?sslmode=verify-full', proven],
  ])('at %s%s is proven: %j', (host, more, ssl) => {
    expect(readAddress(`postgres://a@${host}/d${more}`, {}).ssl).toEqual(ssl);
  });

  it('names who vouches for the other side', () => {
    const file = path.join(freshFolder(), 'ca.pem');
    writeFileSync(file, 'vouched');
    const address = readAddress(`postgres://a@db/d?sslrootcert=${encodeURIComponent(file)}`, {});
    expect(address.ssl).toEqual({ ...proven, ca: 'vouched' });
  });

  it.each([
    ['db', 'bad', ''],
    ['mysql://a@h/d', 'bad', ''],
    ['postgres://a@h:port/d', 'bad', ''],
    ['postgres://a@/d', 'noHost', ''],
    ['postgres://a@h', 'noDatabase', ''],
    ['postgres://a@h/d/e', 'noDatabase', ''],
    ['postgres://h/d', 'noUser', ''],
    ['postgres://a@h/d?sslmode=no-verify', 'sslmode', 'no-verify'],
    ['postgres://a@h/d?sslmode=prefer', 'sslmode', 'prefer'],
    ['postgres://a:50%off@h/d', 'bad', ''],
    ['postgres://a%zz@h/d', 'bad', ''],
    ['postgres://a@h/d%', 'bad', ''],
    ['postgres://a:12?geheim@h/d', 'bad', ''],
    ['postgres://a:12?geheim=1@h/d', 'bad', ''],
    ['postgres://a@h/d?options=-csearch_path', 'unknown', 'options'],
    ['postgres://a@h/d?sslrootcert=/nowhere/ca.pem', 'certificate', '/nowhere/ca.pem'],
  ])('that is none is refused, and not shown: %s', (text, problem, value) => {
    expect(() => readAddress(text, {})).toThrow(
      expect.objectContaining({ kind: 'stateAddress', problem, value }),
    );
  });

  it.each([
    ['postgres://anna@[::1]/ferry', 'postgres://anna@[::1]:5432/ferry'],
    ['postgres://anna@/ferry?host=::1', 'postgres://anna@[::1]:5432/ferry'],
    ['postgres://anna@/ferry?host=/run', 'postgres://anna@/run:5432/ferry'],
  ])('is told as it is written: %s', (text, place) => {
    expect(readAddress(text, {}).place).toBe(place);
  });

  it.each([
    'postgres:/anna:geheim@db/ferry',
    'postgres//anna:geheim@db/ferry',
    'anna:geheim@db/ferry',
    'postgres://anna:geheim/x@db/ferry',
    'postgres://anna:12?geheim@db/ferry',
    'postgres://anna:geheim#@db/ferry',
    'host=db user=anna password=geheim',
  ])('with a typing error is not shown at all: %s', (text) => {
    expect(shownStateUrl(text)).toBe('FERRY_STATE_URL');
  });

  it('holds a password with blanks around it too', () => {
    expect(holdsPassword(' "postgres://anna:geheim@db/ferry"\n')).toBe(true);
  });

  it.each([
    'postgres://anna:geheim@db.example.org:5432/ferry?sslmode=disable',
    'postgres://anna:ge@heim@db.example.org:5432/ferry#x',
  ])('is shown without what may be secret: %s', (text) => {
    expect(shownStateUrl(text)).toBe('postgres://db.example.org:5432/ferry');
    expect(readAddress(text, {}).place).toBe('postgres://anna@db.example.org:5432/ferry');
    expect(holdsPassword(text)).toBe(true);
  });

  it.each(['postgres://anna@db/ferry', 'postgres://db:5432/ferry', 'postgres:///ferry?host=/a:b@c'])(
    'holds no password: %s',
    (text) => {
      expect(holdsPassword(text)).toBe(false);
    },
  );

  it('is none where nothing is said', () => {
    expect(stateUrl({})).toBeUndefined();
    expect(stateUrl({ FERRY_STATE_URL: ' ' })).toBeUndefined();
    expect(stateUrl({ FERRY_STATE_URL: '"postgres://a@h/d"\n' })).toBe('postgres://a@h/d');
  });
});
