/** "Next problem" in code editors; free in both browsers and on the three sites. */
export const CARD_KEY = 'F8';
