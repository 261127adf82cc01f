/** `2026-000123`: gapless within a house and a year, which is what the tax office reads. */
export const invoiceNumber = (year: number, last: number): string => `${year}-${String(last).padStart(6, '0')}`

/** The year of the series is the seller's calendar year, not that of UTC. `day` is the day of issue in the seller's zone. */
export const seriesYear = (day: string): number => Number(day.slice(0, 4))
