/**
 * Starts Tacto in one frame, as the settings in force say, and follows them: IT can turn a site
 * off, or replace its adapter, and open tabs do so at once.
 */
import { speak } from '../shared/i18n';
import { PORT, type ToBackground } from '../shared/messages';
import { followSettings, type PageSettings } from '../shared/settings';
import type { Adapter } from './adapter';
import { Session } from './session';

export function start(shipped: Adapter): void {
  // Pictures and feeds of the sites are documents too, without compose boxes.
  if (document.contentType !== 'text/html') return;
  const { platform } = shipped;
  // Not after the settings have come: the gate's listeners are to be the first of the page.
  let session: Session | null = new Session({ adapter: shipped });
  const follow = ({ platforms, adapters, language }: PageSettings): void => {
    if (speak(language)) session?.retell();
    if (!platforms[platform]) {
      session?.end();
      session = null;
      tell(true);
      return;
    }
    const adapter = complete(adapters[platform] ?? shipped, shipped);
    if (session) {
      session.use(adapter);
    } else {
      session = new Session({ adapter });
      tell(false);
    }
  };
  followSettings(follow);
}

/** For the toolbar and the popup: nothing is checked here, and that is meant; or no longer so. */
function tell(isOff: boolean): void {
  if (window !== window.top) return;
  const told: ToBackground = { kind: 'status', status: { boxes: 0, troubles: [], isOff } };
  try {
    chrome.runtime.connect({ name: PORT }).postMessage(told);
  } catch {
    // The extension is gone.
  }
}

/** An adapter without a generic way in has the shipped one's: a mistake weakens, it does not blind. */
function complete(adapter: Adapter, shipped: Adapter): Adapter {
  return adapter.fallback.submit.length > 0 ? adapter : { ...adapter, fallback: shipped.fallback };
}
