/** What a guided session says beside each question: what it is, why it is asked, where the answer is found. */
export const guide = {
  welcome: {
    what: 'An earlier start left answers, or an interrupted run.',
    why: 'Nothing has to be typed twice, and nothing half made should stay behind.',
    where: 'Usually the newest. "Start a new plan" leaves the others as they are.',
  },
  home: {
    what: 'What can be done in this sandbox: something new, or something with what is there.',
    why: 'Dataflows are made once and changed for years; both begin here.',
    where: 'Enter begins a new one. Nothing is written before you confirm it.',
  },
  flows: {
    what: 'The dataflows of this sandbox that lead to batch destinations.',
    why: 'A dataflow that exports too much, too little or to the wrong place is changed here, and not made twice.',
    where: 'Type a part of the name, the destination or the id. The list is read again every minute.',
  },
  flow: {
    what: 'What can be done with this dataflow.',
    why: 'Changing, pausing and deleting do what the commands ferry apply, disable and delete do, and ask first.',
    where: 'A change begins at the review and sends nothing before it is confirmed there.',
  },
  runs: {
    what: 'The exports of the last 24 h: what failed first, then what is under way, then what is good.',
    why: 'Whoever sees a failure the same morning can still export it the same day.',
    where:
      'Enter says what a failure means and what to do. The page reads again by itself, and never while it is held.',
  },
  why: {
    what: 'The export that was expected of each segment, what was read, and the line of the rule that decided.',
    why: 'An alarm that shows its sum can be checked, and one that does not is argued with.',
    where: 'Read it from above: expected, counted, read, and when it becomes something else.',
  },
  platform: {
    what: 'Where the work is done: your organisation, or an emulator inside ferry.',
    why: 'Practice on the emulator costs nothing and changes nothing; the questions are the same.',
    where: 'For your organisation, sign in once: Enter begins it. The emulator needs nothing.',
  },
  plans: {
    what: 'A plan is a file with every answer but the secrets, saved from an earlier run or written by hand.',
    why: 'With a plan you need not answer again; everything can still be changed.',
    where: 'In the folder that ferry was started in: files that end in .plan.json.',
  },
  platformSecret: {
    what: 'The secret that belongs to the client id of your profile.',
    why: 'Your profile does not store it, so it is asked for at each start. It is used to sign in, and not saved.',
    where: 'Adobe Developer Console: your project, OAuth Server-to-Server, "Retrieve client secret".',
  },
  sandbox: {
    what: 'A sandbox is a part of your organisation with data and destinations of its own.',
    why: 'Everything is created in this one and cannot be moved later. Production is marked.',
    where: 'In the platform, see the name at the top right of every page, or Sandboxes in the menu.',
  },
  destination: {
    what: 'The system that receives the files: a mail system, or cloud storage.',
    why: 'It decides how to sign in, where files can go, and what a file name may be.',
    where: 'In the platform, see Destinations > Catalog, or ask whoever will read the files.',
  },
  account: {
    what: 'An account is a sign-in to the destination that the platform has stored.',
    why: 'One that already works can be reused; then no secret is needed.',
    where: 'In the platform, see Destinations > Accounts: the name, and the id beside it.',
  },
  signIn: {
    what: 'The way the platform proves to the destination who it is.',
    why: 'Each way asks for other values: keys, a password, or a connection string.',
    where: 'Ask the administrator of the destination which one is set up for you.',
  },
  signInFields: {
    what: 'What this sign-in needs. Secrets are masked, and go into no file.',
    why: 'The platform keeps them to deliver every export. A saved plan holds only the source of each secret.',
    where: 'From the administrator of the destination. A key of many lines can be pasted as it is.',
  },
  location: {
    what: 'The kind of storage for the files.',
    why: 'Some destinations read from several kinds; the platform has to know which.',
    where: 'The one that is marked as recommended, unless your destination is set up otherwise.',
  },
  locationFields: {
    what: 'The bucket, container or folder for the files; on newer cards also their format.',
    why: 'The platform writes there, and only there. Receivers that expect another delimiter read columns in the wrong places.',
    where:
      'From the administrator of the storage; the format from the receiver. A folder for each flow keeps files apart.',
  },
  storage: {
    what: 'Whether files can be written there, tried from this machine.',
    why: 'The platform connects only at the first export. A wrong password or a missing folder shows here at once.',
    where: 'Enter goes on without it. The check takes at most 10 s, and what it writes it removes.',
  },
  segments: {
    what: 'A segment (the platform calls it an audience) is a group of profiles that a rule describes.',
    why: 'Each selected segment becomes a file of its own at each export.',
    where: 'In the platform, see Audiences. Here, type part of the name; the rule is shown with the list.',
  },
  attributes: {
    what: 'Attributes of a profile, such as a name or an address: the columns of the files.',
    why: 'A profile without a column that must be there is not exported; of rows with the same key only one is.',
    where:
      'In the platform, see Profiles > Union schema. Ask the receiver which columns they read, and which identify a person.',
  },
  columns: {
    what: 'The header of each column, what it is made from, and their order.',
    why: 'This card writes every column under a name of its own. A name has no dot and is there once.',
    where:
      'Ask the receiver which headers they read. i adds an identity, a adds an element of an array or all of it.',
  },
  identityColumn: {
    what: 'An identity of a profile, such as its e-mail address or ECID, as a column.',
    why: 'The platform exports one identity in a dataflow; another one takes its place.',
    where: 'In the platform, see Identities. Ask the receiver which one they know people by.',
  },
  arrayColumn: {
    what: 'An array of an attribute, as one column: all of it in one text, or one of its elements.',
    why: 'A column of a file holds one value. Elements are counted from 0.',
    where:
      'In the platform, see Profiles > Union schema. On the page before, left and right change the form.',
  },
  schedule: {
    what: 'Full: everybody in each file. Incremental: everybody once, then only what has changed. And how often.',
    why: 'Full goes once or daily; incremental goes daily or every 3, 6, 8 or 12 hours.',
    where: 'Ask the receiver: does an import replace the list, or add to it? How often do they import?',
  },
  detailsEditor: {
    what: 'Mode, frequency, first and last day, the hour, and how the files are called. All times are UTC.',
    why: 'A name without a date is overwritten at each export. The end date itself is not exported any more.',
    where: 'Ctrl+O opens a calendar, or the parts of a file name. The next exports are listed below.',
  },
  review: {
    what: 'Everything once more, by name, with what you should check.',
    why: 'Nothing has been written yet. The next step writes.',
    where: 'Enter on a line changes it and comes back. Press f to fix what can be fixed automatically.',
  },
  source: {
    what: 'The connection to Profile Store, where the profiles come from.',
    why: 'Usually new connections are created; one that exists can be reused.',
    where: 'Keep "new connections" unless you were asked to reuse one.',
  },
  apply: {
    what: 'Five objects are created in order, then segments and attributes are added to the dataflow.',
    why: 'Each write is recorded on disk first, so an interrupted run can be finished or undone.',
    where: 'Ctrl+C stops after the current request. What was created can then be finished or undone.',
  },
  applyChange: {
    what: 'What differs is sent to the dataflow, which is then read until the change shows.',
    why: 'What the dataflow held is recorded first, so the change can be undone.',
    where: 'Ctrl+C stops after the current request. The change can then be finished or undone.',
  },
  wouldSend: {
    what: 'What a run that is not read-only would send to the platform, in order.',
    why: 'ferry runs read-only: nothing is sent, and nothing is created.',
    where: 'To send it, save the plan in the review and run: ferry apply PLAN',
  },
  validation: {
    what: 'What the platform holds now, beside the plan.',
    why: 'A success answer is no proof, so the dataflow is read back and compared, field by field.',
    where:
      'In the platform, see Destinations > Browse, the dataflow with this id. Press d for differences only.',
  },
} as const;

/** The explanation of one page. */
export interface GuideEntry {
  readonly what: string;
  readonly why: string;
  readonly where: string;
}
export type GuidePage = keyof typeof guide;
export type Guide = Readonly<Record<GuidePage, GuideEntry>>;
