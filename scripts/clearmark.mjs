#!/usr/bin/env node
// `npx clearmark …`: the house's command line. TypeScript runs as it is, as everywhere else in the house.
import { register } from 'tsx/esm/api'
register()
await import('./clearmark.ts')
