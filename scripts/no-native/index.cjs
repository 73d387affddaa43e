// In the place of cpu-features, without which ssh2 asks nobody for the order of its ciphers.
throw new Error('nothing native here');
