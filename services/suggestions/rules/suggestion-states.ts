import { machine } from '../../kernel/machine.ts'

/** Mirrors of the database's enums; a test holds them equal. */
export const suggestionStateNames = ['OPEN', 'ACCEPTED', 'REFUSED', 'OVERTAKEN'] as const
export type SuggestionState = (typeof suggestionStateNames)[number]
export const suggestionSources = ['SEEN', 'FILE_NAME', 'FOLDER', 'NEIGHBOURS', 'SHOOT', 'TAGGER'] as const
export type SuggestionSource = (typeof suggestionSources)[number]

export const suggestionStates = machine<SuggestionState>()({
  OPEN: { accept: 'ACCEPTED', refuse: 'REFUSED', overtake: 'OVERTAKEN' },
  ACCEPTED: { undo: 'OPEN' },
  REFUSED: { undo: 'OPEN' },
  OVERTAKEN: { revive: 'OPEN' },
})
