import { vocabulary } from './vocabulary.ts'

/**
 * Our own words for media, with social, streaming, apps and AI, which older lists leave out. Append only: a number is
 * never changed and never used again; a new medium takes the next number, wherever it stands in the tree.
 */
const leaves: readonly (readonly [no: number, code: string, parent: string])[] = [
  [1, 'newspaper-ad', 'advertising-print'],
  [2, 'magazine-ad', 'advertising-print'],
  [3, 'leaflet', 'advertising-print'],
  [4, 'catalogue', 'advertising-print'],
  [5, 'web-banner', 'advertising-online'],
  [6, 'promotional-website', 'advertising-online'],
  [7, 'promotional-email', 'advertising-online'],
  [8, 'online-video-ad', 'advertising-online'],
  [9, 'marketplace-listing', 'advertising-online'],
  [10, 'in-app-ad', 'advertising-online'],
  [11, 'billboard', 'out-of-home'],
  [12, 'digital-billboard', 'out-of-home'],
  [13, 'street-poster', 'out-of-home'],
  [14, 'transit-ad', 'out-of-home'],
  [15, 'terminal-ad', 'out-of-home'],
  [16, 'point-of-sale', 'out-of-home'],
  [17, 'trade-fair', 'out-of-home'],
  [18, 'vehicle-livery', 'out-of-home'],
  [19, 'social-organic', 'social'],
  [20, 'social-paid', 'social'],
  [21, 'social-influencer', 'social'],
  [22, 'tv-commercial', 'broadcast'],
  [23, 'cinema-commercial', 'broadcast'],
  [24, 'tv-programme', 'broadcast'],
  [25, 'feature-film', 'broadcast'],
  [26, 'documentary', 'broadcast'],
  [27, 'music-video', 'broadcast'],
  [28, 'streaming-video', 'streaming'],
  [29, 'live-stream', 'streaming'],
  [30, 'audio-cover', 'streaming'],
  [31, 'mobile-app', 'apps'],
  [32, 'computer-game', 'apps'],
  [33, 'virtual-reality', 'apps'],
  [34, 'newspaper-editorial', 'editorial'],
  [35, 'magazine-editorial', 'editorial'],
  [36, 'magazine-cover', 'editorial'],
  [37, 'book-interior', 'editorial'],
  [38, 'book-cover', 'editorial'],
  [39, 'textbook', 'editorial'],
  [40, 'e-book', 'editorial'],
  [41, 'website-editorial', 'editorial'],
  [42, 'newsletter-editorial', 'editorial'],
  [43, 'exhibition', 'editorial'],
  [44, 'packaging', 'product'],
  [45, 'calendar', 'product'],
  [46, 'greeting-card', 'product'],
  [47, 'wall-art', 'product'],
  [48, 'clothing', 'product'],
  [49, 'household-goods', 'product'],
  [50, 'toy', 'product'],
  [51, 'resale-template', 'product'],
  [52, 'annual-report', 'corporate'],
  [53, 'press-kit', 'corporate'],
  [54, 'recruitment', 'corporate'],
  [55, 'company-event', 'corporate'],
  [56, 'internal-presentation', 'internal'],
  [57, 'intranet', 'internal'],
  [58, 'training-material', 'internal'],
  [59, 'layout-comp', 'internal'],
  [60, 'personal-print', 'personal'],
  [61, 'personal-website', 'personal'],
  [62, 'ai-training', 'ai'],
  [63, 'ai-reference', 'ai'],
  [64, 'data-mining', 'ai'],
  // The next medium is number 65; the next use by or with AI is number 1000.
]

const branches: readonly (readonly [code: string, parent: string])[] = [
  ['advertising', 'ALL'],
  ['advertising-print', 'advertising'],
  ['advertising-online', 'advertising'],
  ['out-of-home', 'ALL'],
  ['social', 'ALL'],
  ['broadcast', 'ALL'],
  ['streaming', 'ALL'],
  ['apps', 'ALL'],
  ['editorial', 'ALL'],
  ['product', 'ALL'],
  ['corporate', 'ALL'],
  ['internal', 'ALL'],
  ['personal', 'ALL'],
  ['ai', 'ALL'],
]

export const media = vocabulary({
  name: 'medium',
  all: 'ALL',
  leaves,
  branches,
  groups: {},
  exceptions: { 'not-ai': { but: 'ai', kept: [1_000, 2_000] } },
})

/** What "editorial only" leaves open. */
export const editorialMedia = media.resolve(['editorial', 'documentary'])
/** Uses that promote, sell or train: people and owners of property must have consented. Media that come later are among them. */
export const consentMedia = media.resolve(['ALL']).difference(media.resolve(['editorial', 'documentary', 'internal', 'personal']))
/** Everything that "editorial only" bars, media that come later included. */
export const nonEditorialMedia = media.resolve(['ALL']).difference(editorialMedia)
/** Uses by and with AI, those that come later included: they need a consent that says so. */
export const aiMedia = media.resolve(['ALL']).difference(media.resolve(['not-ai']))
