/** For the bundler: the catalogues as the product ships them, read beforehand, so that no browser is sent a parser of messages. */
import compile from 'icu-minify/compile'
import type { Plugin } from 'vite'

type Tree = { [key: string]: string | Tree }
export type Compiled = { [key: string]: ReturnType<typeof compile> | Compiled }

/** Every message of a catalogue read; what takes no arguments stays the text that it is. */
export const compiledTree = (words: Tree): Compiled =>
  Object.fromEntries(Object.entries(words).map(([key, value]) => [key, typeof value === 'string' ? compile(value) : compiledTree(value)]))

/** Only in what is built: the development server and the tests read the messages themselves, and say what is wrong with one. */
export function compiledWords(): Plugin {
  return {
    name: 'compiled-words',
    apply: 'build',
    enforce: 'pre',
    config: () => ({
      resolve: { alias: [{ find: /^use-intl\/format-message$/, replacement: 'use-intl/format-message/format-only' }] },
      // Bundled, or the server would take the one that parses.
      ssr: { noExternal: ['use-intl'] },
    }),
    transform: (code, id) =>
      /\/words\/(?:en|de)(?:\/[\w-]+)?\.json$/.test(id)
        ? { code: JSON.stringify(compiledTree(JSON.parse(code) as Tree)), map: null }
        : null,
  }
}
