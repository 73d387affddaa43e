import { aroundEach } from 'vitest';
import { withScope } from './scope.ts';

// Said for every file: a module that several files share is read once by each worker only.
aroundEach(withScope);
