import type { DeliveryRefusal } from '#services/delivery/rules/entitlement.ts'

interface Words {
  title: string
  body: string
  /** Beside a file in a list. */
  short: string
}

/** Each refusal in plain words: what is the case, and what can be done. */
export const refusalWords: Record<DeliveryRefusal, Words> = {
  'no-right': {
    title: 'You hold no licence for this file',
    body: 'Clean files go to those who hold a right to them. Licence the picture, or ask the rights desk for it.',
    short: 'Not licensed to you yet: the rights desk has to clear it first.',
  },
  'not-yet': {
    title: 'This licence has not begun',
    body: 'The file is yours from the first day of the licence. Until then nobody can download it.',
    short: 'Its licence has not begun.',
  },
  ended: {
    title: 'This licence has ended',
    body: 'Its term is over, and with it the right to download and use the file. Renew it, or ask for it again.',
    short: 'Its licence has ended.',
  },
  suspended: {
    title: 'This licence is suspended',
    body: 'The rights desk has stopped it for the time being. Please do not publish the file further until you hear from them.',
    short: 'Its licence is suspended for the time being.',
  },
  revoked: {
    title: 'This licence is no longer in force',
    body: 'It was taken back, refunded or replaced by another one. Look at your licences for the one that holds now.',
    short: 'Its licence is no longer in force.',
  },
  'not-issued': {
    title: 'This licence has not been issued',
    body: 'It is issued as soon as the payment has arrived. Look at your order to see what is missing.',
    short: 'Its licence has not been issued.',
  },
  'rendition-not-included': {
    title: 'This licence does not include the original',
    body: 'A comp licence is for layouts: download the web size, and licence the picture when the layout is approved.',
    short: 'Only the web size is included.',
  },
  'kit-not-granted': {
    title: 'This kit is not granted to you',
    body: 'Kits are granted to organisations, with dates. Ask the person who sent you here, or ask for the asset itself.',
    short: 'The kit is not granted to you.',
  },
  'kit-ended': {
    title: 'Your grant of this kit has ended',
    body: 'Its last day has passed, so its files can no longer be downloaded. If you still need them, ask for a new grant.',
    short: 'The grant of the kit has ended.',
  },
  'kit-revoked': {
    title: 'This kit is no longer granted to you',
    body: 'The rights desk has taken the grant back. Please stop using its files, and write to the rights desk if you have questions.',
    short: 'The kit is no longer granted.',
  },
  'not-published': {
    title: 'This asset has been withdrawn',
    body: 'It is no longer published, so the kit does not hand it out. The kit may hold its successor.',
    short: 'Withdrawn for the time being.',
  },
  'not-available': {
    title: 'This form of the file does not exist',
    body: 'The asset has no such rendition. Choose another form of it.',
    short: 'Not available in any form at present.',
  },
}
