/**
 * Mutation testing of the rules of rights: `npm run mutate`, or some files of them: `npm run mutate -- services/rights/rules/box.ts`.
 * The program itself runs on our Node, its command line asks for a newer one: so it is called by its file.
 */
import { Stryker } from '../node_modules/@stryker-mutator/core/dist/src/stryker.js'

const files = process.argv.slice(2)
await new Stryker(files.length > 0 ? { mutate: files } : {}).runMutationTest()
