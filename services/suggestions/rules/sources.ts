import type { SuggestionSource } from './suggestion-states.ts'

/** Where a suggestion comes from, in words. */
export function sourceWords(source: SuggestionSource, voters: number): string {
  switch (source) {
    case 'SEEN':
      return 'from the picture’s text'
    case 'FILE_NAME':
      return 'from the file name'
    case 'FOLDER':
      return 'from the folder it came in'
    case 'NEIGHBOURS':
      return voters === 1 ? 'a picture that is all but the same has it' : `${voters} similar pictures have it`
    case 'SHOOT':
      return voters === 1 ? 'a picture of the same shoot has it' : `${voters} pictures of the same shoot have it`
    case 'TAGGER':
      return 'from the tagger that looked at it'
  }
}
