import { keys } from './keys.ts';
import type { Terminal } from './pseudo-terminal.ts';

/** What a person answers on the way to one destination. Labels are those on the screen. */
export interface Answers {
  readonly destination: string;
  /** Nothing where there is only one and it is not asked. */
  readonly signIn?: string;
  readonly signInFields: Readonly<Record<string, string>>;
  readonly mode?: string;
  readonly locationFields: Readonly<Record<string, string>>;
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
    destination: 'Amazon S3',
    signInFields: {
      'Access key ID': 'AKIAMINE234567ABCDEF',
      'Secret access key': 'PLANTED'.padEnd(40, 'x'),
    },
    mode: 'S3',
    locationFields: { 'Bucket name': 'crm-exports', 'Folder path': 'daily' },
  },
  'Azure Blob': {
    destination: 'Azure Blob',
    signInFields: {
      'Connection string':
        'DefaultEndpointsProtocol=https;AccountName=crm;AccountKey=PLANTEDaccountkey;EndpointSuffix=core.windows.net',
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
    destination: 'SFTP',
    signInFields: { ...sftp, Password: 'PLANTEDpassword' },
    mode: 'FTP',
    locationFields: { 'Remote path': '/exports/daily' },
  },
};

export const questions = {
  sandbox: 'In which sandbox?',
  destination: 'Where should the segments go?',
  segments: 'Which segments should be',
  attributes: 'Which attributes go into',
  mandatory: 'Which attributes must',
  deduplication: 'Which attributes tell',
  exportMode: 'How should each segment',
  schedule: 'When, and under which',
  review: 'Is this right?',
  validation: 'Validation',
} as const;

/** Chooses an entry of a short list by what it begins with, and goes on. */
export async function choose(terminal: Terminal, label: string): Promise<void> {
  const isThere = new RegExp(`^[❯ ].{1,4}${escaped(label)}`, 'm');
  const isMarked = new RegExp(`^❯.{1,4}${escaped(label)}`, 'm');
  const marked = (screen: string): string => /^❯.*$/m.exec(screen)?.[0] ?? '';
  await terminal.waitFor(isThere);
  // Down and down again: every list that is short enough to choose from begins again at its top.
  while (!isMarked.test(await terminal.waitFor(/^❯/m))) {
    const before = marked(terminal.screen());
    terminal.write(keys.down);
    await terminal.waitFor((seen) => marked(seen) !== before);
  }
  terminal.write(keys.enter);
}

/** Fills in a form field by field, the way the cursor goes, until another page is shown. */
export async function fill(terminal: Terminal, values: Readonly<Record<string, string>>): Promise<void> {
  const page = pageOf(await terminal.waitFor(/^❯ /m));
  for (;;) {
    const field = focused(terminal.screen());
    const value = Object.entries(values).find(([label]) => label === field)?.[1];
    if (value !== undefined) {
      terminal.write(value.includes('\n') ? keys.paste(value.replaceAll('\n', '\r')) : value);
      const shown = value.includes('\n') ? `${value.split('\n').length} lines` : value.slice(-4);
      // A restricted console shows not even the end of a secret.
      await terminal.waitFor(
        (seen) => /••••(?:\s|$)/.test(lineOf(seen, field)) || lineOf(seen, field).includes(shown),
      );
    }
    terminal.write(keys.enter);
    const seen = await terminal.waitFor((now) => pageOf(now) !== page || focused(now) !== field);
    if (pageOf(seen) !== page) return;
  }
}

/** Searches one entry of a list for many, and selects it if it is not selected yet. */
export async function select(terminal: Terminal, query: string, shown: string): Promise<void> {
  const line = new RegExp(`^❯ (.) ?.*${escaped(shown)}`, 'm');
  await terminal.press(query, (seen) => seen.includes(`: ${query}`) && line.test(seen));
  if (!isSelected(terminal.screen(), shown)) {
    terminal.write(keys.space);
    await terminal.waitFor((seen) => isSelected(seen, shown));
  }
  await terminal.press(keys.ctrl('u'), /: +\d[\d,]* in all/);
}

const isSelected = (screen: string, shown: string): boolean =>
  screen.split('\n').some((line) => /^❯ (◉|\[x\])/.test(line) && line.includes(shown));

/** The question of the page that is shown. */
export function pageOf(screen: string): string {
  return /^● (.*)$/m.exec(screen)?.[1] ?? '';
}

function focused(screen: string): string {
  return /^❯ (\S+(?: \S+)*)/m.exec(screen)?.[1]?.replace(/ {2}.*/, '') ?? '';
}

/** The focused field with its value, which stands below its label where there is no room beside it. */
function lineOf(screen: string, label: string): string {
  const lines = screen.split('\n');
  const at = lines.findIndex((line) => line.startsWith(`❯ ${label}`));
  return at < 0 ? '' : `${lines[at] ?? ''} ${lines[at + 1] ?? ''}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** Through the organisation of the settings, its sandbox and a destination. */
export async function walkToDestination(terminal: Terminal, destination: string): Promise<void> {
  await terminal.waitFor('Where do you want to work?');
  await choose(terminal, 'Your organisation');
  await terminal.waitFor(questions.sandbox);
  await choose(terminal, 'dev');
  await terminal.waitFor(questions.destination);
  await choose(terminal, destination);
}

/** From the first question to the review. */
export async function walkToReview(terminal: Terminal, answers: Answers): Promise<void> {
  await walkToSegments(terminal, answers);
  await walkFromSegments(terminal);
}

/** From the list of segments to the review. */
export async function walkFromSegments(terminal: Terminal): Promise<void> {
  await walkSegments(terminal);
  await walkSchedules(terminal);
}

/** From the first question to the list of segments. */
export async function walkToSegments(terminal: Terminal, answers: Answers): Promise<void> {
  await terminal.waitFor(questions.sandbox);
  await choose(terminal, 'dev');
  await terminal.waitFor(questions.destination);
  await choose(terminal, answers.destination);
  if (answers.signIn !== undefined) {
    await terminal.waitFor('How do you sign in');
    await choose(terminal, answers.signIn);
  }
  await terminal.waitFor('Sign-in:');
  await fill(terminal, answers.signInFields);
  if (answers.mode !== undefined) {
    await terminal.waitFor('Where should the files');
    await choose(terminal, answers.mode);
  }
  await terminal.waitFor('Storage location:');
  await fill(terminal, answers.locationFields);
}

/** The two segments of the tutorial, its five attributes, two mandatory fields and one key. */
async function walkSegments(terminal: Terminal): Promise<void> {
  await terminal.waitFor(questions.segments);
  await terminal.waitFor(/in all/);
  await select(terminal, 'mountain biking', 'Interested in Mount');
  await select(terminal, 'loyalty seg', 'Loyalty Segment');
  await terminal.press(keys.enter, questions.attributes);
  await terminal.waitFor(/in all/);
  await select(terminal, 'homeAddress.coun', 'homeAddress.coun');
  await terminal.press(keys.enter, questions.mandatory);
  await select(terminal, 'firstName', 'firstName');
  await select(terminal, 'lastName', 'lastName');
  await terminal.press(keys.enter, questions.deduplication);
  await select(terminal, 'personalEmail', 'personalEmail');
  await terminal.press(keys.enter, questions.exportMode);
}

/** Mountain biking full and once; loyalty incremental, every six hours, with an end date. */
async function walkSchedules(terminal: Terminal): Promise<void> {
  await choose(terminal, 'Loyalty');
  await terminal.waitFor('Which export mode for');
  await choose(terminal, 'first full, then increm');
  await terminal.waitFor(questions.exportMode);
  await choose(terminal, 'Continue');
  await terminal.waitFor(questions.schedule);
  await choose(terminal, 'Interested');
  await terminal.waitFor('How often to export');
  await choose(terminal, 'once');
  await terminal.waitFor('When on that day?');
  await choose(terminal, 'at a set time');
  await terminal.waitFor('Dates, time and file');
  await fill(terminal, {});
  await terminal.waitFor(questions.schedule);
  await choose(terminal, 'Loyalty');
  await terminal.waitFor('How often to export');
  await choose(terminal, 'every 6 hours');
  await terminal.waitFor('Dates, time and file');
  await fill(terminal, { 'End date': '2035-12-31' });
  await terminal.waitFor(questions.schedule);
  await choose(terminal, 'Continue');
  await terminal.waitFor(questions.review);
}

/** From the review to the proof. */
export async function applyFromReview(terminal: Terminal): Promise<string> {
  await choose(terminal, 'Apply this plan');
  await terminal.waitFor('Apply it to sandbox');
  await terminal.press('y', /Validation|Applying/);
  return terminal.waitFor(/Verified|differs|again/);
}
