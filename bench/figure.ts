/** One measured figure, with what it ought to be and what it was when it was last written down. */
export interface Figure {
  name: string
  value: number
  unit: string
  target: number
  better: 'lower' | 'higher'
  baseline?: number
}
