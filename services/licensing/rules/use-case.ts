import { addDays, addMonths, isDay, type Day } from '../../kernel/period.ts'
import type { ScopeTerms } from '../../rights/rules/scope.ts'

/** A word for a code, in any language. */
export interface Word {
  value: string
  label: string
  words?: readonly string[] | undefined
}
export interface Words {
  media: readonly Word[]
  places: readonly Word[]
}

/** What was understood of a sentence: codes, each with the words it was read from; and the words that said nothing. */
export interface UnderstoodUse {
  media: string[]
  territory: string[]
  until: Day | null
  exclusive: boolean
  copies: number | null
  unknown: string[]
}

/** Ways to say a medium that no list of choices shows: things of every day, in both languages. */
const everyday: Readonly<Record<string, readonly string[]>> = {
  'household-goods': [
    'mug',
    'mugs',
    'cup',
    'cups',
    'cushion',
    'tasse',
    'tassen',
    'becher',
    'kissen',
    'plate',
    'teller',
    'merch',
    'merchandise',
  ],
  clothing: ['t-shirt', 't-shirts', 'tshirt', 'shirt', 'shirts', 'hoodie', 'tote bag', 'stofftasche', 'kleidung', 'textilien'],
  'wall-art': ['canvas', 'art print', 'art prints', 'leinwand', 'kunstdruck', 'wandbild'],
  leaflet: [
    'flyer',
    'flyers',
    'brochure',
    'brochures',
    'leaflet',
    'leaflets',
    'flugblatt',
    'broschüre',
    'broschüren',
    'prospekt',
    'handzettel',
  ],
  'promotional-website': [
    'website',
    'websites',
    'web site',
    'site',
    'landing page',
    'homepage',
    'home page',
    'webseite',
    'webseiten',
    'internetseite',
    'web',
    'online shop',
  ],
  'web-banner': ['banner', 'banners', 'online banner', 'online ad', 'online ads', 'onlinewerbung'],
  'promotional-email': ['newsletter', 'newsletters', 'mailing', 'e-mail', 'email', 'emails'],
  'street-poster': ['poster', 'posters', 'aushang'],
  billboard: ['billboard', 'billboards', 'plakat', 'plakate', 'plakatwand', 'großfläche'],
  'social-organic': ['instagram post', 'post', 'posts', 'story', 'stories', 'reel', 'beitrag', 'beiträge'],
  'social-paid': ['sponsored post', 'sponsored posts', 'social ad', 'social ads', 'werbeanzeige'],
  social: ['social media', 'instagram', 'facebook', 'tiktok', 'linkedin', 'soziale medien'],
  calendar: ['calendar', 'calendars', 'kalender'],
  'greeting-card': ['postcard', 'postcards', 'greeting card', 'greeting cards', 'postkarte', 'postkarten', 'grußkarte', 'grußkarten'],
  packaging: ['packaging', 'package', 'box', 'boxes', 'label', 'verpackung', 'schachtel', 'etikett'],
  'book-cover': ['book cover', 'book covers', 'cover of a book', 'buchumschlag', 'buchcover'],
  'book-interior': ['book', 'books', 'buch', 'bücher'],
  'magazine-cover': ['magazine cover', 'cover of a magazine', 'titelseite', 'titelbild'],
  'magazine-editorial': ['magazine', 'magazines', 'zeitschrift', 'magazin'],
  'newspaper-editorial': ['newspaper', 'newspapers', 'zeitung', 'zeitungen'],
  'website-editorial': ['blog', 'blogs', 'blog post', 'article', 'artikel'],
  'newspaper-ad': ['newspaper ad', 'newspaper ads', 'zeitungsanzeige'],
  'magazine-ad': ['magazine ad', 'magazine ads', 'print ad', 'anzeige'],
  'tv-commercial': ['tv spot', 'tv ad', 'tv commercial', 'commercial', 'werbespot', 'fernsehspot'],
  'internal-presentation': ['presentation', 'presentations', 'slides', 'powerpoint', 'präsentation'],
  'trade-fair': ['trade fair', 'fair stand', 'booth', 'messe', 'messestand'],
  'point-of-sale': ['shop window', 'in store', 'schaufenster', 'pos'],
  'vehicle-livery': ['van', 'lorry', 'truck', 'car', 'lieferwagen', 'fahrzeug'],
  'annual-report': ['annual report', 'geschäftsbericht'],
  catalogue: ['catalogue', 'catalogues', 'catalog', 'katalog', 'kataloge'],
  'mobile-app': ['app', 'apps'],
  'ai-training': ['train an ai', 'train ai', 'ai training', 'ki trainieren', 'ki-training', 'train a model'],
  'personal-print': ['living room', 'wohnzimmer', 'at home', 'zu hause'],
}

/** Words of ordinary sentences that happen to be a code or another name of something. */
const idle = new Set(
  'a am an any all and are as at be bei by can da das der die de den der do ein eine einem einen er es for from für have i ich im in is ist it its kann la man me my no of off on or our pe print put sa show so some st the this to uns und us use using we with x auch also darf drucken may mit auf want möchte would like verwenden benutzen'.split(
    ' ',
  ),
)
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss')
/** Plural and case endings of both languages, cut alike on both sides. */
const stem = (word: string): string => (word.length > 4 ? word.replace(/(?:en|er|es|s|n|e)$/, '') : word)
const tokensOf = (text: string): string[] =>
  text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu)?.map((word) => word.replace(/[.'’-]+$/, '')) ?? []
const keyOf = (words: readonly string[]): string => words.map((word) => stem(plain(word))).join(' ')

const longest = 6
type Index = Map<string, { axis: 'media' | 'places'; code: string }>
const indexes = new WeakMap<Words, Index>()

function indexOf(words: Words): Index {
  const known = indexes.get(words)
  if (known) return known
  const index: Index = new Map()
  const learn = (axis: 'media' | 'places', code: string, name: string) => {
    const key = keyOf(tokensOf(name))
    if (key.length > 1 && !index.has(key)) index.set(key, { axis, code })
  }
  const offered = new Set(words.media.map(({ value }) => value))
  for (const [code, names] of Object.entries(everyday)) if (offered.has(code)) for (const name of names) learn('media', code, name)
  for (const axis of ['media', 'places'] as const)
    for (const { value, label, words: others = [] } of words[axis]) for (const name of [label, ...others]) learn(axis, value, name)
  indexes.set(words, index)
  return index
}

const numbers: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  ein: 1,
  eine: 1,
  einen: 1,
  two: 2,
  zwei: 2,
  three: 3,
  drei: 3,
  four: 4,
  vier: 4,
  five: 5,
  fünf: 5,
  six: 6,
  sechs: 6,
  ten: 10,
  zehn: 10,
}
const numberOf = (word: string): number | undefined =>
  numbers[word.toLowerCase()] ?? (/^\d[\d.,]*$/.test(word) ? Number(word.replace(/[.,]/g, '')) : undefined)
const monthNames = ['jan', 'feb', 'mar|mär', 'apr', 'may|mai', 'jun', 'jul', 'aug', 'sep', 'oct|okt', 'nov', 'dec|dez'].map(
  (start) => new RegExp(`^(?:${start})`, 'i'),
)

/** "for two years", "3 Monate": the last day of such a span. */
function spanOf(text: string, from: Day): { until: Day; read: string } | undefined {
  const found =
    /(?:\b(?:for|für|another|further|weitere)\s+)?(?<![\p{L}\d])(\d{1,3}|an?|one|two|three|four|five|six|ten|eine?n?|zwei|drei|vier|fünf|sechs|zehn)\s+(?:more\s+|weitere\s+)?(days?|weeks?|months?|years?|tage?n?|wochen?|monate?n?|jahre?n?)(?!\p{L})/iu.exec(
      text,
    )
  const [read, count, unit] = found ?? []
  const n = count === undefined ? undefined : numberOf(count)
  if (!read || !unit || !n || n > 240) return undefined
  const until = /^(d|t)/i.test(unit)
    ? addDays(from, n - 1)
    : /^w/i.test(unit)
      ? addDays(from, n * 7 - 1)
      : addDays(addMonths(from, /^m/i.test(unit) ? n : n * 12), -1)
  return { until, read }
}

/** "until May", "bis März 2028", "until 2028-03-04": the last day of what is named. */
function untilOf(text: string, from: Day): { until: Day; read: string } | undefined {
  const day = /\b(?:until|till|to|bis)\s+(\d{4}-\d{2}-\d{2})\b/i.exec(text)
  if (day?.[1] && isDay(day[1])) return { until: day[1], read: day[0] }
  const found = /\b(?:until|till|bis)\s+(?:the\s+end\s+of\s+|ende\s+)?(\p{L}{3,10})\.?(?:\s+(20\d\d))?/iu.exec(text)
  const month = monthNames.findIndex((name) => name.test(found?.[1] ?? ''))
  if (!found || month === -1) return undefined
  const lastOf = (year: number) => addDays(addMonths(`${year}-${String(month + 1).padStart(2, '0')}-01`, 1), -1)
  const year = Number(from.slice(0, 4))
  const until = found[2] ? lastOf(Number(found[2])) : lastOf(year) < from ? lastOf(year + 1) : lastOf(year)
  return { until, read: found[0] }
}

/**
 * Reads one sentence of a person as a use. Nothing is guessed: the longest names that the vocabulary knows are taken, from
 * left to right, and what nobody knows is told back.
 */
export function understand(text: string, words: Words, from: Day): UnderstoodUse {
  let left = text.slice(0, 300)
  const understood: UnderstoodUse = { media: [], territory: [], until: null, exclusive: false, copies: null, unknown: [] }
  const when = untilOf(left, from) ?? spanOf(left, from)
  if (when) {
    understood.until = when.until >= from ? when.until : null
    left = left.replace(when.read, ' ')
  }
  if (/(?<!non[- ]?|not |nicht |nicht-)\b(exclusive|exklusiv|only us|nobody else|niemand sonst)/i.test(left)) {
    understood.exclusive = true
    left = left.replace(/\b(exclusive\w*|exklusiv\w*|only us|nobody else|niemand sonst)/gi, ' ')
  }
  // A bare year is no number of copies.
  const copies =
    /(?<![\d.,])(?!20\d\d(?!\d|[.,]\d))(\d[\d.,]*)\s*(?:×|x\s)?\s*(?:copies|prints|pieces|pcs|exemplaren?|stück|mal gedruckt)?/iu.exec(left)
  const count = copies?.[1] ? numberOf(copies[1]) : undefined
  if (copies && count && count <= 1_000_000_000_000) {
    understood.copies = count
    left = left.replace(copies[0], ' ')
  }
  readNames(left, words, understood)
  return understood
}

function readNames(text: string, words: Words, understood: UnderstoodUse): void {
  const index = indexOf(words)
  const tokens = tokensOf(text)
  for (let i = 0; i < tokens.length;) {
    const hit = nameAt(tokens, i, index, words)
    if (!hit) {
      const token = tokens[i] as string
      if (!idle.has(plain(token)) && token.length > 2) understood.unknown.push(token)
      i++
      continue
    }
    const list = hit.axis === 'media' ? understood.media : understood.territory
    if (!list.includes(hit.code)) list.push(hit.code)
    i += hit.length
  }
}

/** The longest name that begins at a token; a code only where it is written as one: DE, not "de". */
function nameAt(
  tokens: readonly string[],
  at: number,
  index: Index,
  words: Words,
): { axis: 'media' | 'places'; code: string; length: number } | undefined {
  for (let length = Math.min(longest, tokens.length - at); length > 0; length--) {
    const part = tokens.slice(at, at + length)
    const alone = length === 1 ? (part[0] as string) : ''
    if (alone && /^[A-Z]{2,5}\d*$/.test(alone)) {
      const place = words.places.find(({ value }) => value === alone)
      if (place) return { axis: 'places', code: place.value, length }
    }
    if (alone && idle.has(plain(alone))) continue
    const found = index.get(keyOf(part))
    if (found) return { ...found, length }
  }
  return undefined
}

/** What was said of a use, and for the rest what the licence says: the terms of a case. Null where nothing was said. */
export function termsOfCase(said: Omit<UnderstoodUse, 'unknown'>, terms: ScopeTerms): ScopeTerms | null {
  const { media, territory, until, exclusive, copies } = said
  if (media.length + territory.length === 0 && until === null && !exclusive && copies === null) return null
  // What is done is not what is sold: copies that nobody would be asked about count against a cap of the licence all the same.
  return {
    media: media.length > 0 ? media : terms.media,
    territory: territory.length > 0 ? { include: territory } : terms.territory,
    industry: terms.industry,
    from: terms.from,
    until: until ?? terms.until,
    zone: terms.zone,
    exclusive,
    ...(copies !== null && { limits: { printRun: copies } }),
  }
}
