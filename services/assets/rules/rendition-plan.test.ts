import { expect, test } from 'vitest'
import { assetKinds, audiences } from './asset-words.ts'
import { acceptedTypes } from './file-types.ts'
import { cleanPresets, planRenditions, previewPresets } from './rendition-plan.ts'

const mediaTypes = Object.keys(acceptedTypes)

test('whatever stands in the store is marked wherever a stranger sees it', () => {
  for (const kind of assetKinds)
    for (const mediaType of mediaTypes)
      for (const { preset, watermark } of planRenditions({ kind, audience: 'STORE', mediaType, mark: 'House' }))
        expect(watermark !== undefined, `${preset} of ${mediaType}`).toBe(previewPresets.includes(preset))
})

test('only logos and documents that are not sold go unmarked', () => {
  for (const audience of audiences)
    for (const kind of assetKinds) {
      const marked = planRenditions({ kind, audience, mediaType: 'image/jpeg', mark: 'House' }).some(({ watermark }) => watermark)
      expect(marked).toBe(audience === 'STORE' || !['LOGO', 'DOCUMENT'].includes(kind))
    }
})

test('every file has a picture for lists, and a preset is either for everybody or for those who hold a right', () => {
  for (const mediaType of mediaTypes) {
    const presets = planRenditions({ kind: 'OTHER', audience: 'STORE', mediaType, mark: 'House' }).map(({ preset }) => preset)
    expect(presets).toEqual(expect.arrayContaining(['grid', 'page', 'clean-grid']))
    expect(new Set(presets).size).toBe(presets.length)
    for (const preset of presets)
      expect(Number(previewPresets.includes(preset)) + Number([...cleanPresets, 'web'].includes(preset)), preset).toBe(1)
  }
})

test('a smaller copy for screens is made of pictures and pages alone', () => {
  const small = mediaTypes.filter((mediaType) =>
    planRenditions({ kind: 'OTHER', audience: 'STORE', mediaType, mark: 'House' }).some(({ preset }) => preset === 'web'),
  )
  expect(small.every((mediaType) => mediaType.startsWith('image/') || mediaType === 'application/pdf')).toBe(true)
})
