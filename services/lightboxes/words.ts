import { catalogue } from '../kernel/catalogue.ts'
import de from './words/de.json' with { type: 'json' }
import en from './words/en.json' with { type: 'json' }

/** The sentences of this domain: names that it gives by itself, and what stands on a contact sheet. */
export const say = catalogue({ en, de })
