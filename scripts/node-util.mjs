// Stands for node:util in the bundle. Whoever imports that as a module has Node read everything it exports, and so
// its threads, its differ and a stream for stderr; asked for as a value, it reads what is taken from it.
export const { isDeepStrictEqual, parseArgs, stripVTControlCharacters, types } =
  process.getBuiltinModule('node:util');
