import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// Who may import whom: the table of docs/architecture.md, held by a machine.
// A room is listed with the rooms it may import; every other room is refused.
const rooms = {
  commands: 'everything',
  dialogue: ['pages', 'components', 'wizard', 'activation', 'apply', 'locale'],
  screens: ['pages', 'components', 'wizard', 'activation', 'apply', 'locale'],
  pages: ['wizard', 'activation', 'apply', 'locale'],
  apply: ['activation', 'flow-service'],
  wizard: ['activation'],
  activation: [],
  components: [],
  'flow-service': [],
  terminal: [],
  settings: [],
  locale: [],
  emulator: [],
};

/** Rooms whose types (never values) may be imported besides the list above. */
const typesOnly = {
  activation: ['flow-service'],
  pages: ['flow-service', 'components'],
  screens: ['flow-service'],
  dialogue: ['flow-service'],
};

const boundaries = Object.entries(rooms)
  .filter(([, allowed]) => allowed !== 'everything')
  .map(([room, allowed]) => {
    const others = Object.keys(rooms).filter((other) => other !== room && !allowed.includes(other));
    const asType = typesOnly[room] ?? [];
    const pattern = (names, allowTypeImports) => ({
      regex: `^(\\.\\./)+(source/)?(${names.join('|')})/`,
      allowTypeImports,
      message: `source/${room}/ may import: ${allowed.join(', ') || 'none of our rooms'}.`,
    });
    const never = others.filter((other) => !asType.includes(other));
    return {
      files: [`source/${room}/**/*.{ts,tsx}`],
      rules: {
        '@typescript-eslint/no-restricted-imports': [
          'error',
          {
            patterns: [
              pattern(never, false),
              ...(asType.length > 0 ? [pattern(asType, true)] : []),
              { regex: '(^|/)cli(\\.tsx?|\\.js)?$', message: 'Nothing imports the door.' },
            ],
          },
        ],
      },
    };
  });

export default tseslint.config(
  { ignores: ['bench/build/', 'dist', 'coverage', 'node_modules'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,tsx,mjs}'],
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-control-regex': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['source/**/*.{ts,tsx}'],
    ignores: ['source/commands/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
      ],
    },
  },
  {
    files: ['source/**/*.{ts,tsx}'],
    ignores: ['source/components/keys/keyboard.tsx'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'ink',
              importNames: ['useInput', 'usePaste', 'useStdin'],
              message: 'Keys come by components/keys/: who listens in an effect loses the first one.',
            },
          ],
        },
      ],
    },
  },
  ...boundaries,
);
