// Plain JavaScript that any Node can read, as enter.js is.
import fs from 'node:fs'
import module from 'node:module'
import os from 'node:os'
import path from 'node:path'

/**
 * Enables Node's compile cache in a directory of this user, and in no other. A run with a warm cache starts sooner.
 *
 * V8 executes cached code without comparing it with the source. Whoever can write the cache can therefore run code as
 * this user, and Node's own default is a directory in the shared temporary directory that anybody can create first.
 * NODE_COMPILE_CACHE and NODE_DISABLE_COMPILE_CACHE are the user's decision and take precedence.
 */
export function enableCompileCache(env = process.env) {
  if (env.NODE_COMPILE_CACHE || env.NODE_DISABLE_COMPILE_CACHE) return
  try {
    const directory = privateDirectory(path.join(cacheHome(env), 's2-conformance', 'compile'))
    if (directory !== undefined) module.enableCompileCache(directory)
  } catch {
    // There is no place for a cache, such as a home directory that is read-only.
  }
}

/** Returns the directory in which this platform keeps a user's caches. */
function cacheHome({ XDG_CACHE_HOME: xdg, LOCALAPPDATA: local }) {
  // A relative path is invalid by the XDG specification.
  if (xdg && path.isAbsolute(xdg)) return xdg
  if (process.platform === 'win32') return local || path.join(os.homedir(), 'AppData', 'Local')
  return path.join(os.homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache')
}

/**
 * Creates the directory with mode 0700 and returns its path. Returns undefined where another user could have written
 * there or could replace it. Throws the error of the file system.
 */
export function privateDirectory(wanted, uid = process.getuid ? process.getuid() : undefined) {
  fs.mkdirSync(wanted, { recursive: true, mode: 0o700 })
  // Windows has no owner here; a user's profile is protected by its access control list.
  if (uid === undefined) return wanted
  if (fs.lstatSync(wanted).isSymbolicLink()) return undefined
  const real = fs.realpathSync(wanted)
  const { uid: owner, mode } = fs.lstatSync(real)
  if (owner !== uid || (mode & 0o077) !== 0) return undefined
  return parentsOf(real).every((parent) => isSafeParent(parent, uid)) ? real : undefined
}

function parentsOf(directory) {
  const parent = path.dirname(directory)
  return parent === directory ? [] : [parent, ...parentsOf(parent)]
}

/** Reports whether only this user and root can rename what is in the directory. */
function isSafeParent(directory, uid) {
  const { uid: owner, mode } = fs.lstatSync(directory)
  const isSticky = (mode & 0o1000) !== 0
  return (owner === uid || owner === 0) && ((mode & 0o022) === 0 || isSticky)
}
