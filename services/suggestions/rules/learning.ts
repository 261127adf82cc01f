/** Less sure than this, nobody is asked. */
export const leastSure = 0.2

/** A word that the house often refuses is suggested with less conviction, and in the end no more; what it often takes keeps its own. */
export const afterAnswers = (confidence: number, { accepted, refused }: { accepted: number; refused: number }): number =>
  confidence * Math.min(1, (accepted + 3) / (accepted + refused + 2))
