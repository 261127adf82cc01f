import { lifeSayings } from '#app/components/assets/life-words.ts'

const others: Record<string, string> = {
  'already-waiting': 'It waits for review already.',
  'not-described': 'Its description is not complete: text for the blind, creator and the house’s own fields.',
  'nothing-new': 'Its newest version is the published one.',
  'already-there': 'It is in there already.',
  full: 'No more fit in.',
  'not-for-the-store': 'It is not for the store.',
  'not-there': 'It was not in there any more.',
  'not-published': 'It is not published.',
  'internal-only': 'It is for people of the house only.',
  'not-for-you': 'It is not published in the store.',
  'box-is-full': 'The lightbox is full.',
  forbidden: 'Your role does not allow it.',
  'not-found': 'It is not there any more.',
}

/** Why an asset was left as it is. What is no word of ours is a sentence already: what its record lacks. */
export const leftBecause = (why: string): string =>
  why in lifeSayings ? lifeSayings[why as keyof typeof lifeSayings](undefined) : (others[why] ?? why)
