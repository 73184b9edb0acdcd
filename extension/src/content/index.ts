/** The content script of the three sites. */
import facebook from '../adapters/facebook.json';
import linkedin from '../adapters/linkedin.json';
import x from '../adapters/x.json';
import type { Adapter } from './adapter';
import { Session } from './session';
import { adapterFor } from './site';

// The build has checked them against their schema (build.mjs).
const ADAPTERS = [x, facebook, linkedin] as unknown as readonly Adapter[];

/** Frames without an address of their own have that of the page that made them. */
function hostName(): string {
  try {
    return new URL(self.origin).hostname;
  } catch {
    return location.hostname;
  }
}

const adapter = adapterFor(hostName(), ADAPTERS);
// Pictures and feeds of the sites are documents too, without compose boxes.
if (adapter && document.contentType === 'text/html') new Session({ adapter });
