// Who may import whom: the table of docs/architecture.md, and no circles, held by dependency-cruiser.

/** Of each room: the rooms that it may import, and those of which it may import only types. */
const rooms = {
  commands: 'everything',
  dialogue: {
    values: ['pages', 'components', 'wizard', 'activation', 'apply', 'locale'],
    types: ['flow-service'],
  },
  screens: {
    values: ['pages', 'components', 'wizard', 'activation', 'apply', 'locale'],
    types: ['flow-service'],
  },
  pages: { values: ['wizard', 'activation', 'apply', 'locale'], types: ['flow-service', 'components'] },
  apply: { values: ['activation', 'flow-service', 'ground'] },
  wizard: { values: ['activation'] },
  activation: { values: ['ground'], types: ['flow-service'] },
  state: { values: ['ground'], types: ['apply'] },
  components: { values: ['ground'] },
  'flow-service': { values: ['ground'] },
  storage: { values: [] },
  terminal: { values: [] },
  settings: { values: ['ground'] },
  // What knows nothing of ours nor of Adobe's.
  ground: { values: [] },
  locale: { values: [], types: ['activation'] },
  // A second, independent reading of the contract, or a test against it proves nothing.
  emulator: { values: [] },
};

const door = '^cli\\.tsx$';
const below = (names) => `^source/(${names.join('|')})/`;

/** Two rules a room: what it may not import at all, and of what it may import only types. */
function rulesOf([room, allowed]) {
  const { values, types = [] } = allowed;
  const here = below([room]);
  const open = [room, ...values];
  const words = [
    values.join(', ') || 'none of our rooms',
    ...(types.length > 0 ? [`types of ${types}`] : []),
  ];
  const comment = `source/${room}/ may import: ${words.join('; ')}.`;
  return [
    {
      name: `${room}: room`,
      comment,
      severity: 'error',
      from: { path: here },
      to: { path: '^source/', pathNot: below([...open, ...types]) },
    },
    ...(types.length === 0
      ? []
      : [
          {
            name: `${room}: types only`,
            comment,
            severity: 'error',
            from: { path: here },
            to: { path: below(types), dependencyTypesNot: ['type-only'] },
          },
        ]),
  ];
}

export default {
  forbidden: [
    ...Object.entries(rooms)
      .filter(([, allowed]) => allowed !== 'everything')
      .flatMap(rulesOf),
    {
      name: 'unknown room',
      comment: 'A new room needs its line in the table.',
      severity: 'error',
      from: { path: '^source/', pathNot: below(Object.keys(rooms)) },
      to: {},
    },
    {
      name: 'the door',
      comment: 'Nothing imports cli.tsx.',
      severity: 'error',
      from: {},
      to: { path: door },
    },
    {
      name: 'the door: late',
      comment: 'cli.tsx checks the version of Node before anything of ours is read but the code cache.',
      severity: 'error',
      from: { path: door },
      to: { path: '^source/', pathNot: '^source/settings/code-cache\\.ts$', dynamic: false },
    },
    {
      name: 'storage: late',
      comment: 'The clients of storage are large: each is read when a place of its kind is opened.',
      severity: 'error',
      from: {},
      to: {
        path: '^source/(storage|emulator/deliver/uploads)/(s3|azure|sftp)\\.ts$',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'state: late',
      comment: 'The driver of a database is read where one is named.',
      severity: 'error',
      from: {
        pathNot:
          '^source/(state/(postgres/|copy\\.ts$)|commands/state/|commands/work\\.ts$|commands/runs/(plan-queue|queue-plans|follow-queue)\\.ts$)',
      },
      to: {
        path: '^source/(state/(postgres/|copy\\.ts$)|commands/state/(check|copy|migrate|shared-state)\\.ts$|commands/runs/plan-queue\\.ts$)',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'circle',
      comment: 'What two files need of each other stands in a third; types may go in circles.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    // Imports of types are imports too, and told from the others.
    tsPreCompilationDeps: true,
    includeOnly: '^(source/|cli)',
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
