import de from './de.ts'
import en from './en.ts'
import { holdWords } from './words.ts'

// The server speaks every language; tests load this file before anything else.
holdWords('en', en)
holdWords('de', de)
