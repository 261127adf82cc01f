import jsxA11y from 'eslint-plugin-jsx-a11y'
import tseslint from 'typescript-eslint'

const clock = { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Take the time from ctx.clock (platform/clock.ts).' }
const dateNow = { selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]', message: 'Take the time from ctx.clock (platform/clock.ts).' }
const environment = { selector: 'MemberExpression[object.name="process"][property.name="env"]', message: 'Only platform/env.ts reads the environment.' }
const sql = { selector: 'MemberExpression[property.name=/^\\$(queryRaw|executeRaw)Unsafe$/]', message: 'SQL takes parameters, never text put together.' }
const html = { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Text is text. Structured data goes through components/shell/StructuredData.' }

export default tseslint.config(
  { ignores: ['node_modules/**', 'build/**', '.local/**', 'services/platform/generated/**', 'public/**', 'test-results/**', 'playwright-report/**', 'scripts/schema-engine.mjs'] },
  ...tseslint.configs.recommended,
  {
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
      'prefer-const': 'error',
      'max-lines-per-function': 'off',
    },
  },
  { files: ['app/**/*.tsx', 'emails/**/*.tsx'], ...jsxA11y.flatConfigs.recommended },
  {
    files: ['services/**/*.ts', 'app/**/*.{ts,tsx}', 'emails/**/*.tsx'],
    ignores: ['services/platform/{clock,log,env}.ts', 'services/testing/**', 'services/sandbox/**', '**/*.test.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', clock, dateNow, environment, sql, html] },
  },
  { files: ['app/components/shell/StructuredData.tsx'], rules: { 'no-restricted-syntax': ['error', clock, dateNow, environment, sql] } },
)
