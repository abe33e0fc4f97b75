// path.win32, with many paths.
const { win32 } = require('path');
const paths = ['', '.', '..', 'a', 'a\\b', 'a/b/', 'C:', 'C:\\', 'C:a', 'C:\\a\\..\\b', 'c:/x//y/./z.txt', '\\', '\\a', '/a/b', '\\\\server\\share',
  '\\\\server\\share\\', '\\\\server\\share\\dir\\f.tar.gz', '//s/t/u', '..\\..\\a', 'a\\..\\..\\b', '.profile', 'a.b.c', 'file.', 'C:\\..\\..', 'D:x\\y.js\\\\', 'a//b\\\\c'];
for (const path of paths) {
  console.log(JSON.stringify(path), ['normalize', 'dirname', 'basename', 'extname', 'isAbsolute'].map((name) => win32[name](path)), win32.parse(path),
    win32.format(win32.parse(path)));
}
for (const parts of [['a', 'b'], ['C:\\', '..', 'x'], ['', ''], ['\\\\s', 't', 'u'], ['a', '..', '..'], ['/', '/a'], ['C:', 'a']]) console.log(parts, win32.join(...parts));
for (const parts of [['C:\\a', 'b'], ['C:\\a', '\\b'], ['C:\\a', 'D:\\b'], ['C:\\a', '..\\..\\c'], ['\\\\s\\t', 'u'], ['c:/a/', '/x', 'y/..']]) console.log(parts, win32.resolve(...parts));
for (const [from, to] of [['C:\\a\\b', 'C:\\a\\c'], ['C:\\a', 'c:\\A\\x'], ['C:\\a', 'D:\\a'], ['C:\\', 'C:\\x'], ['C:\\a\\b\\c', 'C:\\a'], ['\\\\s\\t\\u', '\\\\s\\t\\v'], ['C:\\same', 'C:\\same']])
  console.log(from, to, win32.relative(from, to));
console.log(win32.sep, win32.delimiter, win32.basename('a.html', '.html'), win32.toNamespacedPath('C:\\a'), win32.toNamespacedPath('\\\\s\\t\\u'), win32.win32 === win32, win32.posix === require('path').posix);
console.log(require('path/win32') === win32, Object.keys(win32).sort().join());
try { win32.join(1); } catch (error) { console.log(error.code, error.message); }
