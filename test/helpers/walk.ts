import { en } from '../../source/locale/en.ts';
import { english } from '../../source/locale/catalogs.ts';
import type { MessageId, Text, Values } from '../../source/locale/texts.ts';
import { keys } from './keys.ts';
import type { Terminal } from './pseudo-terminal.ts';

/** For the words of a message without what it is told. */
export const unfilled: Values = {};

/** What a person answers on the way to one destination. Labels are those on the screen. */
export interface Answers {
  readonly destination: string;
  /** Nothing where there is only one and it is not asked. */
  readonly signIn?: string;
  readonly signInFields: Readonly<Record<string, string>>;
  readonly mode?: string;
  readonly locationFields: Readonly<Record<string, string>>;
  /** What the files are, on a card of today: a choice each; the others stay as they are proposed. */
  readonly fileFields?: Readonly<Record<string, string>>;
}

export const sshKey = `-----BEGIN OPENSSH PRIVATE KEY-----
${Array.from({ length: 24 }, (_, line) => `line${String(line).padStart(2, '0')}PLANTEDabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ`).join('\n')}
-----END OPENSSH PRIVATE KEY-----`;

const sftp = { Host: 'sftp.example.com', Username: 'crm' };

/** All seven destinations; between them every sign-in of the tutorial and every kind of storage. */
export const journeys: Readonly<Record<string, Answers>> = {
  'Adobe Campaign': {
    destination: 'Adobe Campaign',
    signIn: 'S3',
    signInFields: { 'Access ID': 'AKIAMINE234567ABCDEF', 'Secret key': 'PLANTEDcampaign9x7Q' },
    mode: 'S3',
    locationFields: { 'Bucket name': 'crm-exports', 'Folder path': 'daily' },
  },
  'Amazon S3': {
    destination: 'Amazon S3 (older card)',
    signInFields: {
      'Access key ID': 'AKIAMINE234567ABCDEF',
      'Secret access key': 'PLANTED'.padEnd(40, 'x'),
    },
    mode: 'S3',
    locationFields: { 'Bucket name': 'crm-exports', 'Folder path': 'daily' },
  },
  'Azure Blob': {
    destination: 'Azure Blob (older card)',
    signInFields: {
      'Connection string':
        'DefaultEndpointsProtocol=https;AccountName=crm;AccountKey=PLANTEDaccountkey+++;EndpointSuffix=core.windows.net',
    },
    mode: 'AZURE_BLOB',
    locationFields: { Container: 'crm-exports', 'Folder path': 'daily' },
  },
  'Oracle Eloqua': {
    destination: 'Oracle Eloqua',
    signIn: 'SFTP with SSH Key',
    signInFields: { ...sftp, Domain: 'sftp.example.com', 'SSH key': sshKey },
    mode: 'FTP',
    locationFields: { 'Remote path': '/exports/daily' },
  },
  'Oracle Responsys': {
    destination: 'Oracle Responsys',
    signIn: 'SFTP with Password',
    signInFields: { ...sftp, Domain: 'sftp.example.com', Password: 'PLANTEDpassword' },
    mode: 'FTP',
    locationFields: { 'Remote path': '/exports/daily' },
  },
  'Salesforce Marketing Cloud': {
    destination: 'Salesforce Marketing Cloud',
    signIn: 'SFTP with Password',
    signInFields: { ...sftp, Domain: 'sftp.example.com', Password: 'PLANTEDpassword' },
    mode: 'FTP',
    locationFields: { 'Remote path': '/exports/daily' },
  },
  SFTP: {
    destination: 'SFTP (older card)',
    signInFields: { ...sftp, Password: 'PLANTEDpassword' },
    mode: 'FTP',
    locationFields: { 'Remote path': '/exports/daily' },
  },
};

const csvWithPipe = { 'File type': 'CSV', Delimiter: 'pipe |', 'File manifest': 'yes' };

/** The cards of today, with every sign-in of theirs. */
export const newerJourneys: Readonly<Record<string, Answers>> = {
  'Amazon S3, access key': {
    destination: 'Amazon S3',
    signIn: 'Access key',
    signInFields: { 'Access key ID': 'AKIAMINE234567ABCDEF', 'Secret access key': 'PLANTED'.padEnd(40, 'x') },
    locationFields: { 'Bucket name': 'crm-exports', 'Folder path': 'daily/%SEGMENT_NAME%' },
    fileFields: csvWithPipe,
  },
  'Amazon S3, role': {
    destination: 'Amazon S3',
    signIn: 'Assumed role',
    signInFields: { Role: 'arn:aws:iam::123456789012:role/aep-export' },
    locationFields: { 'Bucket name': 'crm-exports', 'Folder path': 'daily' },
    fileFields: { 'File type': 'JSON', Compression: 'GZIP' },
  },
  'Azure Blob': {
    destination: 'Azure Blob Storage',
    signInFields: {
      'Connection string': 'DefaultEndpointsProtocol=https;AccountName=crm;AccountKey=PLANTEDaccountkey+++',
    },
    locationFields: { Container: 'crm-exports', 'Folder path': 'daily' },
    fileFields: { 'File type': 'Parquet' },
  },
  'SFTP, password': {
    destination: 'SFTP',
    signIn: 'SFTP with Password',
    signInFields: { Domain: 'sftp.example.com', Username: 'crm', Password: 'PLANTEDpassword', Port: '2222' },
    locationFields: { 'Remote path': '/exports/daily' },
    fileFields: { 'File type': 'CSV', Quote: 'none' },
  },
  'SFTP, key': {
    destination: 'SFTP',
    signIn: 'SFTP with SSH Key',
    signInFields: { Domain: 'sftp.example.com', Username: 'crm', 'SSH key': sshKey },
    locationFields: { 'Remote path': '/exports/daily' },
    fileFields: csvWithPipe,
  },
  'Azure Data Lake Gen2': {
    destination: 'Azure Data Lake Gen2',
    signInFields: {
      'Address of the container': 'abfss://exports@acme.dfs.core.windows.net',
      Tenant: 'acme.onmicrosoft.com',
      'Application ID': '0b1c6a52-2c7e-4f7f-9c5d-5a2d8f4f7b10',
      'Application secret': 'PLANTEDsecret',
    },
    locationFields: { 'Folder path': 'daily' },
    fileFields: { 'File type': 'Parquet', Compression: 'GZIP' },
  },
  'Data Landing Zone': {
    destination: 'Data Landing Zone',
    signInFields: {},
    locationFields: { 'Folder path': 'daily' },
    fileFields: csvWithPipe,
  },
  'Google Cloud Storage': {
    destination: 'Google Cloud Storage',
    signInFields: { 'Access key ID': 'GOOG1EXAMPLE', 'Secret access key': 'PLANTEDsecret' },
    locationFields: { 'Bucket name': 'crm-exports', 'Folder path': 'daily' },
    fileFields: { 'File type': 'JSON', 'File manifest': 'yes' },
  },
};

/** The beginning of a text that a narrow screen still shows: so many cells. */
function beginning(said: string, cells = 22): string {
  let used = 0;
  let kept = '';
  // What stands in brackets is left out there.
  for (const one of said.split(/\{| ?[(（]/)[0] ?? '') {
    used += /[\u2e80-\uffef]/.test(one) ? 2 : 1;
    if (used > cells) break;
    kept += one;
  }
  return kept.trimEnd();
}

/** What the screen says on the way, in one language. */
export function wordsIn(say: Text) {
  const page = (id: string): string => beginning(say(`question.${id}` as MessageId));
  return {
    questions: {
      platform: page('platform'),
      sandbox: page('sandbox'),
      home: page('home'),
      flows: page('flows'),
      flow: page('flow'),
      destination: page('destination'),
      signIn: page('signIn'),
      signInFields: page('signInFields'),
      location: page('location'),
      locationFields: page('locationFields'),
      storage: page('storage'),
      segments: page('segments'),
      attributes: page('attributes'),
      columns: page('columns'),
      identityColumn: page('identityColumn'),
      arrayColumn: page('arrayColumn'),
      schedule: page('schedule'),
      detailsEditor: page('detailsEditor'),
      review: page('review'),
      validation: page('validation'),
    },
    mode: (mode: string): string => beginning(say(`mode.${mode}` as MessageId)),
    organisation: beginning(say('platform.organisation')),
    flows: beginning(say('home.flows')),
    /** The first line of Home where nothing is wrong. */
    stands: say('home.good'),
    change: say('flow.change'),
    search: say('list.search'),
    goOn: beginning(say('settings.continue'), 8),
    incremental: say('settings.FIRST_FULL_THEN_INCREMENTAL'),
    once: say('value.ONCE'),
    // The beginning of it in whole words, too.
    everyThreeHours: say('every.hours', { hours: '3' }),
    everySixHours: say('every.hours', { hours: '6' }),
    apply: beginning(say('review.apply')),
    applyQuestion: beginning(say('review.confirm', unfilled)),
    columnCount: (count: number): string => say('review.columns', { count }),
    /** The sandbox of the review, once its dataflows are counted. */
    counted: say('review.sandboxCount', { sandbox: 'dev', count: 1, most: 100 }),
    verified: beginning(say('report.verified'), 8),
    /** "1,204 in all", without its number. */
    evaluation: say('filter.evaluation'),
    /** Everything has been read: the list says so without "match". */
    allOf: (total: number): string => say('list.all', { total }),
    matchesOf: (count: number, total: number): string => say('list.matches', { count, total }),
    inAll:
      say('list.all', unfilled)
        .split('{total}')
        .map((part) => part.trim())
        .find((part) => part !== '') ?? '',
    placeholder: beginning(say('attributes.placeholder'), 4),
    /** The row under the cursor says so. */
    inRow: (said: string): RegExp => new RegExp(`^[❯>] [^│|]*${escaped(said)}`, 'm'),
    label: (label: string): string => labelIn(say, label),
    /** Whether the search line is empty again, and everything is in the list. */
    isCleared(screen: string, query: string): boolean {
      const whole = screen.split('\n').find((one) => one.includes(say('list.search'))) ?? '';
      // What explains stands beside, behind a line.
      const [line = ''] = whole.split(/[│|] /);
      return (
        !line.includes(query) &&
        line.includes(say('list.all', unfilled).replace('{total}', '').trim().slice(0, 1))
      );
    },
  };
}

export type WalkWords = ReturnType<typeof wordsIn>;

/** A field's label in another language. */
function labelIn(say: Text, label: string): string {
  const id = (Object.keys(en) as MessageId[]).find(
    (one) => /^(param|settings)\./.test(one) && en[one] === label,
  );
  return id === undefined ? label : say(id);
}

const inEnglish = wordsIn(english);
export const { questions } = inEnglish;

/** More than any field of these walks has choices. */
const mostChoices = 8;

/** Longer than any list or form of these walks. */
const mostSteps = 60;

/** Chooses an entry of a short list by what it begins with, and goes on. */
export async function choose(terminal: Terminal, label: string): Promise<void> {
  await moveTo(terminal, label);
  terminal.write(keys.enter);
}

/** Moves the cursor to an entry of a short list by what it begins with. */
export async function moveTo(terminal: Terminal, label: string): Promise<void> {
  const isThere = new RegExp(`^[❯> ].{1,6}${escaped(label)}`, 'm');
  const isMarked = new RegExp(`^[❯>].{1,6}${escaped(label)}`, 'm');
  /** Which line it is, since two can say the same. */
  const marked = (screen: string): string => {
    const lines = screen.split('\n');
    const at = lines.findIndex((line) => /^[❯>]/.test(line));
    // Below the question: in a tall terminal all of it goes up a line when something more is said at its end.
    const place = at - lines.findIndex((line) => /^[●*] /.test(line));
    // The sandbox of a review is told its count of dataflows while one looks.
    return `${place} ${(lines[at] ?? '').replace(/(, dataflow|，第) \d.*/, '')}`;
  };
  await terminal.waitFor(isThere);
  /** Towards it; a list that is short enough to choose from begins again at its top, or shows all of it. */
  const towards = (screen: string): string => {
    const lines = screen.split('\n');
    const at = lines.findIndex((line) => /^[❯>]/.test(line));
    const to = lines.findIndex((line) => isThere.test(line));
    return to >= 0 && to < at ? keys.up : keys.down;
  };
  for (let step = 0; !isMarked.test(await terminal.waitFor(/^[❯>]/m)); step++) {
    if (step > mostSteps) throw new Error(`"${label}" is not there. The screen:\n${terminal.screen()}`);
    const before = marked(terminal.screen());
    terminal.write(towards(terminal.screen()));
    await terminal.waitFor((seen) => marked(seen) !== before);
  }
}

/** Says of a column that it must be there, or that it tells people apart. */
export async function markColumn(
  terminal: Terminal,
  query: string,
  letter: 'm' | 'k',
  words: WalkWords = inEnglish,
): Promise<void> {
  const leaf = query.split('.').at(-1) ?? query;
  await terminal.press(`/`, (seen) => !seen.includes(words.placeholder));
  await terminal.press(query, (seen) => new RegExp(`^[❯>] .*${escaped(query)}`, 'm').test(seen));
  await terminal.press(keys.ctrl('u'), (seen) => words.isCleared(seen, query));
  await terminal.waitFor(new RegExp(`^[❯>] .*${escaped(leaf)}`, 'm'));
  const sign = letter === 'm' ? '[●*]' : '[◆#]';
  await terminal.press(letter, new RegExp(`^[❯>] .*${escaped(leaf)}.* ${sign}`, 'm'));
}

/** Fills in a form field by field, the way the cursor goes, until another page is shown. */
export async function fill(
  terminal: Terminal,
  values: Readonly<Record<string, string>>,
  words: WalkWords = inEnglish,
): Promise<void> {
  const page = pageOf(await terminal.waitFor(/^[❯>] /m));
  for (let step = 0; step < mostSteps; step++) {
    const field = focused(terminal.screen());
    const value = Object.entries(values).find(([label]) => words.label(label) === field)?.[1];
    if (value !== undefined && /[◉◯]/.test(lineOf(terminal.screen(), field))) {
      for (let turn = 0; !lineOf(terminal.screen(), field).includes(`◉ ${value}`); turn++) {
        if (turn > mostChoices) throw new Error(`No "${value}". The screen:\n${terminal.screen()}`);
        const before = lineOf(terminal.screen(), field);
        await terminal.press(keys.right, (seen) => lineOf(seen, field) !== before);
      }
    } else if (value !== undefined) {
      terminal.write(value.includes('\n') ? keys.paste(value.replaceAll('\n', '\r')) : value);
      const shown = value.includes('\n') ? `${value.split('\n').length} ` : value.slice(-4);
      // A restricted console shows not even the end of a secret.
      await terminal.waitFor(
        (seen) =>
          /(••••|\*\*\*\*)(?:\s|$)/.test(lineOf(seen, field)) || lineOf(seen, field, 2).includes(shown),
      );
    }
    // Where everything is proposed, Enter goes on from every field.
    const isLeft = Object.keys(values).some((label) => isBelow(terminal.screen(), words.label(label)));
    terminal.write(page.startsWith(words.questions.locationFields) && isLeft ? keys.down : keys.enter);
    const seen = await terminal.waitFor((now) => pageOf(now) !== page || focused(now) !== field);
    if (pageOf(seen) !== page) return;
  }
  throw new Error(`The form does not end. The screen:\n${terminal.screen()}`);
}

/** Whether a field stands below the one that has the cursor. */
function isBelow(screen: string, label: string): boolean {
  const lines = screen.split('\n');
  const at = lines.findIndex((line) => /^[❯>] /.test(line));
  return lines.slice(at + 1).some((line) => line.startsWith(`  ${label} `));
}

/** Searches one entry of a list for many, and selects it if it is not selected yet. */
export async function select(
  terminal: Terminal,
  query: string,
  shown: string,
  words: WalkWords = inEnglish,
): Promise<void> {
  const line = new RegExp(`^[❯>] (.) ?.*${escaped(shown)}`, 'm');
  await terminal.press(query, (seen) => /[:：] */.test(seen) && seen.includes(query) && line.test(seen));
  if (!isSelected(terminal.screen(), shown)) {
    terminal.write(keys.space);
    await terminal.waitFor((seen) => isSelected(seen, shown));
  }
  await terminal.press(keys.ctrl('u'), (seen) => words.isCleared(seen, query));
}

const isSelected = (screen: string, shown: string): boolean =>
  screen.split('\n').some((line) => /^[❯>] (☑|\[x\])/.test(line) && line.includes(shown));

/** The question of the page that is shown. */
export function pageOf(screen: string): string {
  return /^[●*] (.*)$/m.exec(screen)?.[1] ?? '';
}

function focused(screen: string): string {
  return /^[❯>] (\S+(?: \S+)*)/m.exec(screen)?.[1]?.replace(/ {2}.*/, '') ?? '';
}

/** The focused field with its value, which stands below its label where there is no room beside it. */
function lineOf(screen: string, label: string, below = 1): string {
  const lines = screen.split('\n');
  const at = lines.findIndex((line) => line.startsWith(`❯ ${label}`) || line.startsWith(`> ${label}`));
  return at < 0 ? '' : lines.slice(at, at + below + 1).join(' ');
}

export function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** Into a sandbox, and from its Home to a new activation. */
export async function beginIn(
  terminal: Terminal,
  sandbox: string,
  words: WalkWords = inEnglish,
): Promise<void> {
  await choose(terminal, sandbox);
  await terminal.waitFor(words.questions.home);
  terminal.write(keys.enter);
}

/** From the first page, through the organisation of the settings, to Home of its sandbox. */
export async function walkHome(terminal: Terminal, words: WalkWords = inEnglish): Promise<void> {
  await terminal.waitFor(words.questions.platform);
  await choose(terminal, words.organisation);
  await terminal.waitFor(words.questions.sandbox);
  await choose(terminal, 'dev');
  await terminal.waitFor(words.questions.home);
}

/** From Home to the table of dataflows. @param shown - What says that it is there. */
export async function walkToFlows(
  terminal: Terminal,
  shown: string,
  words: WalkWords = inEnglish,
): Promise<void> {
  await terminal.press(keys.down, words.inRow(words.flows));
  await terminal.press(keys.enter, shown);
}

/** From the first page to a destination. */
export async function walkToDestination(terminal: Terminal, destination: string): Promise<void> {
  await walkHome(terminal);
  await terminal.press(keys.enter, questions.destination);
  await choose(terminal, destination);
}

/** From the first question to the review. */
export async function walkToReview(
  terminal: Terminal,
  answers: Answers,
  words: WalkWords = inEnglish,
): Promise<void> {
  await walkToSegments(terminal, answers, words);
  await walkFromSegments(terminal, words);
}

/** From the list of segments to the review. */
export async function walkFromSegments(terminal: Terminal, words: WalkWords = inEnglish): Promise<void> {
  await walkSegments(terminal, words);
  await walkSchedules(terminal, words);
}

/** From the first question to the list of segments. */
export async function walkToSegments(
  terminal: Terminal,
  answers: Answers,
  words: WalkWords = inEnglish,
): Promise<void> {
  await terminal.waitFor(words.questions.sandbox);
  await beginIn(terminal, 'dev', words);
  await terminal.waitFor(words.questions.destination);
  await walkForms(terminal, answers, words);
}

/** From the destinations to what comes after the forms of one. */
export async function walkForms(
  terminal: Terminal,
  answers: Answers,
  words: WalkWords = inEnglish,
): Promise<void> {
  await choose(terminal, answers.destination);
  await fillForms(terminal, answers, words);
}

/**
 * Sign-in, storage location and files, as far as there are questions about them, up to the segments.
 *
 * @param look - What is done where the storage may be looked at; @default it is not
 */
export async function fillForms(
  terminal: Terminal,
  answers: Answers,
  words: WalkWords = inEnglish,
  look: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const asked = words.questions;
  if (answers.signIn !== undefined) {
    await terminal.waitFor(asked.signIn);
    await choose(terminal, answers.signIn);
  }
  // A card without any sign-in asks for none.
  if (Object.keys(answers.signInFields).length > 0) {
    await terminal.waitFor(asked.signInFields);
    await fill(terminal, answers.signInFields, words);
  }
  if (answers.mode !== undefined) {
    await terminal.waitFor(asked.location);
    await choose(terminal, words.mode(answers.mode));
  }
  await terminal.waitFor(asked.locationFields);
  await fill(terminal, { ...answers.locationFields, ...answers.fileFields }, words);
  await passStorage(terminal, words, look);
}

/** Past the question of the storage, which is asked of an organisation's alone. */
async function passStorage(
  terminal: Terminal,
  { questions: asked }: WalkWords,
  look: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const after = [asked.segments, asked.storage, asked.review];
  const seen = await terminal.waitFor((now) => after.some((question) => now.includes(question)));
  if (!seen.includes(asked.storage)) return;
  await look();
  await terminal.press(keys.enter, asked.segments);
}

/** The two segments of the tutorial, its five attributes, two mandatory fields and one key. */
async function walkSegments(terminal: Terminal, words: WalkWords): Promise<void> {
  const asked = words.questions;
  await passStorage(terminal, words);
  await terminal.waitFor(asked.segments);
  await terminal.waitFor(words.inAll);
  await select(terminal, 'mountain biking', 'Interested in M', words);
  await select(terminal, 'loyalty seg', 'Loyalty Segment', words);
  await terminal.press(keys.enter, asked.attributes);
  await terminal.waitFor(words.inAll);
  await select(terminal, 'homeAddress.coun', 'homeAddress.coun', words);
  await markColumn(terminal, 'name.firstName', 'm', words);
  await markColumn(terminal, 'name.lastName', 'm', words);
  await markColumn(terminal, 'personalEmail.address', 'k', words);
  await terminal.press(keys.enter, asked.schedule);
}

/** Mountain biking full and once; loyalty incremental, every six hours, with an end date. */
async function walkSchedules(terminal: Terminal, words: WalkWords): Promise<void> {
  const asked = words.questions;
  await moveTo(terminal, 'Interested');
  // A card of today has every week and every month on the way.
  for (let turn = 0; !words.inRow(words.once).test(terminal.screen()); turn++) {
    if (turn > mostChoices) throw new Error(`Nothing is exported once. The screen:\n${terminal.screen()}`);
    const before = /^[❯>].*$/m.exec(terminal.screen())?.[0];
    await terminal.press('f', (seen) => /^[❯>].*$/m.exec(seen)?.[0] !== before);
  }
  await moveTo(terminal, 'Loyalty');
  await setEverySixHours(terminal, words);
  await terminal.press('d', asked.detailsEditor);
  await fill(terminal, { 'End date': '2035-12-31' }, words);
  await terminal.waitFor(asked.schedule);
  await choose(terminal, words.goOn);
  await terminal.waitFor(asked.review);
}

/** In the row under the cursor: incremental, every six hours. */
export async function setEverySixHours(terminal: Terminal, words: WalkWords = inEnglish): Promise<void> {
  await terminal.press('m', words.inRow(words.incremental));
  await terminal.press('f', words.inRow(words.everyThreeHours));
  await terminal.press('f', words.inRow(words.everySixHours));
}

/** From the review to the proof. */
export async function applyFromReview(terminal: Terminal, words: WalkWords = inEnglish): Promise<string> {
  // After a jump the cursor is on the line that was left.
  terminal.write(keys.home);
  await terminal.waitFor(new RegExp(`^[❯>] .{1,4}${escaped(words.apply)}`, 'm'));
  await choose(terminal, words.apply);
  // Whatever is asked, in whatever language: it is answered by its letter.
  const isAsked = /[(（]y[)）]/;
  await terminal.waitFor(isAsked);
  await terminal.press('y', (seen) => !isAsked.test(seen));
  return terminal.waitFor((seen) => seen.includes(words.verified) || /differs|again/.test(seen));
}

/** From the first page to the columns of a dataflow of a card of today, in an organisation that has been migrated. */
export async function toColumns(terminal: Terminal, words: WalkWords = inEnglish): Promise<void> {
  await walkHome(terminal, words);
  await walkToFlows(terminal, words.allOf(24), words);
  await terminal.press('winback test', words.inRow('Winback test'));
  await terminal.press(keys.enter, words.inRow(words.change));
  await terminal.press(keys.enter, words.questions.review);
  await columnsFromReview(terminal, words);
}

/** From the review of four columns to what each is called. */
export async function columnsFromReview(terminal: Terminal, words: WalkWords = inEnglish): Promise<void> {
  await terminal.press(keys.end, (seen) => !words.inRow(words.apply).test(seen));
  await moveTo(terminal, words.columnCount(4));
  await terminal.press(keys.enter, words.questions.attributes);
  await terminal.waitFor('147');
  await terminal.press(keys.ctrl('n'), words.questions.columns);
}
