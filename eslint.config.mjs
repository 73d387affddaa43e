import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// Who may import whom is held by .dependency-cruiser.mjs.
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
  {
    files: ['{test,bench,scripts}/**/*.{ts,tsx,mjs}'],
    ignores: ['test/helpers/folders.ts', 'test/helpers/pty.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@lydell/node-pty',
              message: 'openPty (test/helpers/pty.ts) bears a program that has gone.',
            },
            ...[
              ['node:os', 'tmpdir'],
              ['node:fs', 'mkdtemp'],
              ['node:fs', 'mkdtempSync'],
              ['node:fs/promises', 'mkdtemp'],
            ].map(([name, own]) => ({
              name,
              importNames: [own],
              message: 'freshFolder (test/helpers/folders.ts) goes with the run.',
            })),
          ],
        },
      ],
    },
  },
  {
    files: ['{test,bench,scripts}/**/*.{ts,tsx,mjs}'],
    ignores: ['test/helpers/program.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.property.name=/^(write|end)$/] > MemberExpression > MemberExpression[property.name="stdin"]',
          message: 'giveInput (test/helpers/program.ts) bears a program that has gone.',
        },
      ],
    },
  },
);
