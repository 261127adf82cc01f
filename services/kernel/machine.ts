type Table<State extends string> = Record<State, Partial<Record<string, State>>>
type VerbOf<T> = { [S in keyof T]: keyof T[S] }[keyof T] & string

/** A state machine is a table: from this state, this verb leads to that state. */
export function machine<State extends string>() {
  return <const T extends Table<State>>(table: T) => {
    const states = Object.keys(table) as State[]
    return {
      table,
      states,
      /** The state after `verb`, or undefined where the verb is not allowed. */
      after(state: State, verb: VerbOf<T>): State | undefined {
        return (table[state] as Partial<Record<string, State>>)[verb]
      },
      /** Every state in which `verb` is allowed: the guard of a conditional update. */
      whence(verb: VerbOf<T>): State[] {
        return states.filter((state) => (table[state] as Partial<Record<string, State>>)[verb] !== undefined)
      },
      /** The verbs allowed in `state`: what the page shows as buttons. */
      verbs(state: State): VerbOf<T>[] {
        return Object.keys(table[state]) as VerbOf<T>[]
      },
    }
  }
}
