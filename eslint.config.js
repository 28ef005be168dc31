import svelte from 'eslint-plugin-svelte'
import ts from 'typescript-eslint'

// Sets and maps on screen are replaced, never changed ($state.raw): the reactive collections are not needed.
// Only what oxlint does not see: the markup of components. We show received mail and clinical documents, so {@html} is an error.
export default [
  { ignores: ['dist/**', 'node_modules/**'] },
  ...svelte.configs['flat/recommended'],
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: { 'svelte/no-at-html-tags': 'error', 'svelte/require-each-key': 'error', 'svelte/prefer-svelte-reactivity': 'off' },
  },
]
