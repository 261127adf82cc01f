import { describe, expect, test } from 'vitest'
import { isSidecar, ownerOf } from './sidecar-pairs.ts'

const files = (...paths: string[]) => paths.map((path) => ({ path }))

describe('a sidecar', () => {
  test('is known by its ending', () => {
    expect(['a.xmp', 'A.XMP', 'a.jpg.xmp'].every(isSidecar)).toBe(true)
    expect(['a.jpg', 'xmp', 'a.xmp.jpg'].some(isSidecar)).toBe(false)
  })

  test('belongs to the file whose whole name it bears, else to the one of its stem', () => {
    const list = files('harbour.tif', 'harbour.jpg')
    expect(ownerOf('harbour.tif.xmp', list)).toEqual({ path: 'harbour.tif' })
    expect(ownerOf('HARBOUR.JPG.XMP', list)).toEqual({ path: 'harbour.jpg' })
    expect(ownerOf('harbour.xmp', list)).toEqual({ path: 'harbour.jpg' })
    expect(ownerOf('night.xmp', list)).toBeNull()
    expect(ownerOf('harbour.png.xmp', list)).toBeNull()
    // A name with points in it is a name.
    expect(ownerOf('shoot.v2.xmp', files('shoot.v2.jpg', 'shoot.jpg'))).toEqual({ path: 'shoot.v2.jpg' })
  })

  test('belongs to the file of its own folder before one of the same name elsewhere', () => {
    const list = files('day one/1.jpg', 'day two/1.jpg')
    expect(ownerOf('day one/1.xmp', list)).toEqual({ path: 'day one/1.jpg' })
    expect(ownerOf('day two/1.jpg.xmp', list)).toEqual({ path: 'day two/1.jpg' })
    expect(ownerOf('1.xmp', list)).toEqual({ path: 'day two/1.jpg' })
  })
})
