// Stands for undici's client of HTTP/2 in the bundle: Node's own takes some 10 ms to read, and only a server that offers
// nothing else is spoken to in it.
// oxlint-disable-next-line typescript/no-require-imports -- it is read when it is called
module.exports = (...given) => require('undici/lib/dispatcher/client-h2.js')(...given);
