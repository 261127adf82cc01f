import { expect, test } from 'vitest'
import { expiryOf } from './expiry.ts'

test('is on with a week of grace, unless the house said otherwise', () => {
  for (const settings of [null, undefined, {}, { expiryGraceDays: 'soon' }, { expiryGraceDays: -1 }])
    expect(expiryOf(settings)).toEqual({ on: true, graceDays: 7 })
  expect(expiryOf({ expiresWithRights: false, expiryGraceDays: 0 })).toEqual({ on: false, graceDays: 0 })
})
