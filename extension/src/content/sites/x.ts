/** The content script of one site: everything in one file, and no other site's adapter. */
import adapter from '../../adapters/x.json';
import type { Adapter } from '../adapter';
import { start } from '../start';

// The build has checked it against its schema (build.mjs).
start(adapter as unknown as Adapter);
