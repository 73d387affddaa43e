/**
 * The tables, a step a version. A step that was released is never changed: the next one is written instead.
 *
 * Lines and acts are text, as they were written: a database would read a number another way than the journal's
 * checksum wants, and refuses signs that JSON allows.
 */
export const migrations: readonly string[] = [
  `
create table ferry.run (
  run text primary key check (run ~ '^[0-9a-f]{8}$'),
  -- Grows with every holder: who holds an older one is refused.
  epoch bigint not null default 0,
  holder text,
  -- By the clock of the database; nothing where nobody is at it.
  lease_until timestamptz,
  last_at timestamptz not null default clock_timestamp(),
  is_open boolean not null default false,
  begun_at timestamptz,
  -- Address, organisation and sandbox that it writes to.
  place text,
  receipt text,
  receipt_markdown text
);
create index run_open on ferry.run (run) where is_open;
create index run_place on ferry.run (place);
create table ferry.line (
  run text not null references ferry.run on delete cascade,
  n integer not null,
  epoch bigint not null,
  at timestamptz not null default clock_timestamp(),
  line text not null,
  primary key (run, n)
);
create table ferry.making (
  what text primary key,
  epoch bigint not null default 0,
  holder text,
  lease_until timestamptz
);
create table ferry.audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  by_role name not null default session_user,
  -- Of a line that was copied, so that it is copied once.
  origin text unique,
  said text not null
);
create table ferry.draft (
  owner text not null,
  name text not null,
  by_role name not null default session_user,
  at timestamptz not null default clock_timestamp(),
  said text not null,
  primary key (by_role, owner, name)
);
alter table ferry.draft enable row level security;
create policy own on ferry.draft using (by_role = session_user) with check (by_role = session_user);
`,
  `
-- An organisation that has said when it wants to be asked again.
create table ferry.brake (
  org text primary key,
  until timestamptz not null
);
`,
  `
-- What an organisation has so many of, over all workers: each is a row, which one at a time has until it runs out.
create table ferry.permit (
  org text not null,
  kind text not null,
  n integer not null,
  worker text not null default '',
  -- Grows with every taking: what was taken before is not given back by whoever had it.
  epoch bigint not null default 0,
  -- By the clock of the database.
  until timestamptz not null default '-infinity',
  primary key (org, kind, n)
) with (fillfactor = 40);
`,
  `
-- Whoever notes an act names neither another role nor another moment.
alter table ferry.audit enable row level security;
create policy seen on ferry.audit for select using (true);
create policy own on ferry.audit for insert with check (by_role = session_user
  and at > clock_timestamp() - interval '1 minute' and at < clock_timestamp() + interval '1 minute');
`,
];

/** The newest version that this ferry knows. */
export const knownVersion = migrations.length;

/** What a console may, and no more: it reads everything, notes, and removes runs that are over; what was noted stays. */
export const rightsOf: Readonly<Record<string, readonly string[]>> = {
  version: ['select'],
  run: ['select', 'insert', 'update', 'delete'],
  line: ['select', 'insert'],
  making: ['select', 'insert', 'update', 'delete'],
  audit: ['select', 'insert'],
  brake: ['select', 'insert', 'update', 'delete'],
  permit: ['select', 'insert', 'update', 'delete'],
  draft: ['select', 'insert', 'update', 'delete'],
};
