import { LeafSet } from '../leaf-set.ts'
import { vocabulary } from './vocabulary.ts'

/** Industries in which a picture works. Append only: a number is never changed and never used again. */
const leaves: readonly (readonly [no: number, code: string, parent: string])[] = [
  [1, 'fashion', 'consumer'],
  [2, 'beauty', 'consumer'],
  [3, 'food', 'consumer'],
  [4, 'beverages', 'consumer'],
  [5, 'alcohol', 'consumer'],
  [6, 'tobacco', 'consumer'],
  [7, 'household', 'consumer'],
  [8, 'toys', 'consumer'],
  [9, 'luxury', 'consumer'],
  [10, 'pets', 'consumer'],
  [11, 'retail', 'trade'],
  [12, 'e-commerce', 'trade'],
  [13, 'automotive', 'mobility'],
  [14, 'aviation', 'mobility'],
  [15, 'transport', 'mobility'],
  [16, 'travel', 'mobility'],
  [17, 'hospitality', 'mobility'],
  [18, 'software', 'technology'],
  [19, 'electronics', 'technology'],
  [20, 'telecommunications', 'technology'],
  [21, 'internet-services', 'technology'],
  [22, 'dating', 'technology'],
  [23, 'banking', 'finance'],
  [24, 'insurance', 'finance'],
  [25, 'consumer-credit', 'finance'],
  [26, 'real-estate', 'finance'],
  [27, 'manufacturing', 'industry'],
  [28, 'construction', 'industry'],
  [29, 'energy', 'industry'],
  [30, 'chemicals', 'industry'],
  [31, 'agriculture', 'industry'],
  [32, 'weapons', 'industry'],
  [33, 'publishing', 'media-industry'],
  [34, 'entertainment', 'media-industry'],
  [35, 'agencies', 'media-industry'],
  [36, 'sport', 'media-industry'],
  [37, 'gambling', 'media-industry'],
  [38, 'adult', 'media-industry'],
  [39, 'healthcare', 'health'],
  [40, 'pharmaceuticals', 'health'],
  [41, 'government', 'public'],
  [42, 'politics', 'public'],
  [43, 'religion', 'public'],
  [44, 'education', 'public'],
  [45, 'science', 'public'],
  [46, 'charity', 'public'],
  [47, 'consulting', 'services'],
  [48, 'legal', 'services'],
  [49, 'employment', 'services'],
  // The next industry is number 50; the next sensitive one is number 1000.
]

const branches: readonly (readonly [code: string, parent: string])[] = [
  ['consumer', 'ALL'],
  ['trade', 'ALL'],
  ['mobility', 'ALL'],
  ['technology', 'ALL'],
  ['finance', 'ALL'],
  ['industry', 'ALL'],
  ['media-industry', 'ALL'],
  ['health', 'ALL'],
  ['public', 'ALL'],
  ['services', 'ALL'],
]

/** Subjects with which nobody is shown unless they have consented to it expressly. */
const sensitive = [
  'alcohol',
  'tobacco',
  'dating',
  'consumer-credit',
  'weapons',
  'gambling',
  'adult',
  'pharmaceuticals',
  'politics',
  'religion',
]

export const industries = vocabulary({
  name: 'industry',
  all: 'ALL',
  leaves,
  branches,
  groups: { sensitive },
  exceptions: { 'not-sensitive': { but: 'sensitive', kept: [1_000, 2_000] } },
})

/** The sensitive industries, those that come later included: a consent of today is no consent to them. */
export const sensitiveIndustries = LeafSet.all.difference(industries.resolve(['not-sensitive']))
