/** The folder of the package: one up from this folder, and one up from `dist/`, which holds every built module. */
export const PACKAGE_ROOT: URL = new URL('../', import.meta.url)
