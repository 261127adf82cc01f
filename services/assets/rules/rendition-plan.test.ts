import { expect, test } from 'vitest'
import { assetKinds, audiences } from './asset-words.ts'
import { planRenditions } from './rendition-plan.ts'

test('whatever stands in the store is marked wherever a stranger sees it', () => {
  for (const kind of assetKinds) {
    const plan = planRenditions({ kind, audience: 'STORE', mark: 'House' })
    expect(plan.filter(({ watermark }) => watermark).map(({ preset }) => preset)).toEqual(['grid', 'page'])
  }
})

test('only logos and documents that are not sold go unmarked', () => {
  for (const audience of audiences)
    for (const kind of assetKinds) {
      const marked = planRenditions({ kind, audience, mark: 'House' }).some(({ watermark }) => watermark)
      expect(marked).toBe(audience === 'STORE' || !['LOGO', 'DOCUMENT'].includes(kind))
    }
})
