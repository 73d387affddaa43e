import path from 'node:path';
import ts from 'typescript';

/** Whether a file still passes the type check, with another text in it. */
export type Compiles = (file: string, text: string) => boolean;

/** Reads the project once. Only the file itself is looked at, not those that import it. */
export function typeCheck(root: string): Compiles {
  const configFile = path.join(root, 'tsconfig.json');
  const { fileNames, options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(configFile, ts.sys.readFile).config as unknown,
    ts.sys,
    root,
  );
  let changed: { file: string; text: string } | undefined;
  let version = 0;
  const service = ts.createLanguageService({
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    getCompilationSettings: () => options,
    getScriptFileNames: () => fileNames.filter((file) => file.startsWith(path.join(root, 'source'))),
    getScriptVersion: (file) => (file === changed?.file ? String(version) : '0'),
    getScriptSnapshot: (file) => {
      const text = file === changed?.file ? changed.text : ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  });
  return (file, text) => {
    changed = { file: path.join(root, file), text };
    version++;
    return (
      service.getSyntacticDiagnostics(changed.file).length === 0 &&
      service.getSemanticDiagnostics(changed.file).length === 0
    );
  };
}
