import path from 'node:path';
import ts from 'typescript';

/** Which of some files no longer pass the type check, with other texts in all of them at once. */
export type TypeCheck = (texts: ReadonlyMap<string, string>) => ReadonlySet<string>;

/** Reads the project once. Only the files themselves are looked at, not those that import them. */
export function typeCheck(root: string): TypeCheck {
  const configFile = path.join(root, 'tsconfig.json');
  const { fileNames, options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(configFile, ts.sys.readFile).config as unknown,
    ts.sys,
    root,
  );
  let changed: ReadonlyMap<string, string> = new Map();
  let version = 0;
  const service = ts.createLanguageService({
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    getCompilationSettings: () => options,
    getScriptFileNames: () => fileNames.filter((file) => file.startsWith(path.join(root, 'source'))),
    getScriptVersion: (file) => (changed.has(file) ? String(version) : '0'),
    getScriptSnapshot: (file) => {
      const text = changed.get(file) ?? ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  });
  return (texts) => {
    changed = new Map([...texts].map(([file, text]) => [path.join(root, file), text]));
    version++;
    const isRed = (file: string): boolean =>
      service.getSyntacticDiagnostics(file).length > 0 || service.getSemanticDiagnostics(file).length > 0;
    return new Set([...texts.keys()].filter((file) => isRed(path.join(root, file))));
  };
}
