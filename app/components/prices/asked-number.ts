import { formatNumber } from '#services/kernel/language.ts'

export interface AskedNumber {
  /** As it was written: it stays in its field, right or wrong. */
  typed: string
  value: number | undefined
  errors: string[] | undefined
}

/** A whole number as somebody wrote it, with or without marks between thousands; what is none is said, never passed over. */
export function askedNumber(text: string | null, most: number): AskedNumber {
  const typed = (text ?? '').trim().slice(0, 40)
  const plain = typed.replace(/(?<=\d)[\s,.'’](?=\d{3}(?!\d))/gu, '')
  const value = /^\d{1,12}$/.test(plain) ? Number(plain) : 0
  if (typed === '') return { typed, value: undefined, errors: undefined }
  if (value >= 1 && value <= most) return { typed, value, errors: undefined }
  return { typed, value: undefined, errors: [`Write a whole number from 1 to ${formatNumber(most, 'en')}.`] }
}
