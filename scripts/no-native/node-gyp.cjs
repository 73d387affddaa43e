#!/usr/bin/env node
// ssh2 asks for a build of what Node's own crypto does as well, and goes on where there is none.
process.exitCode = 1;
