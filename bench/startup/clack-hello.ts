import { intro } from '@clack/prompts';

intro('hello from clack');
