/** Texts that people paste, by mistake or to see what happens; and a small generator of random ones. */

export const HOSTILE = [
  '<script>globalThis.ran = true</script>',
  '"><img src=x onerror="globalThis.ran = true">',
  "</text></svg><svg onload='globalThis.ran = true'>",
  ']]> <![CDATA[ & &amp; &#0; <!-- -->',
  '**bold** [link](javascript:alert(1)) # heading',
  '=HYPERLINK("http://example.com")',
  'a'.repeat(10_000),
  'words '.repeat(2_000),
  '\u0000\u0001\u0008\u000b\u001f\u007f\u0085\u009f',
  '\ud800 lone \udfff surrogates \ud83d',
  '\ufffe\uffff\ufdd0',
  '👩‍👩‍👧‍👦🏳️‍🌈 families 🇦🇶 and flags',
  'مرحبا بالعالم 123 abc',
  'שלום \u202eevil\u202c עולם',
  '\u200b\u200c\u200d\u2060\ufeff',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘',
  '漢字かな交じり文と한국어텍스트',
  '',
  '   \t\n\r\n  ',
  'line one\nline two\r\nline three',
];

/**
 * Numbers that look random and are the same every time.
 *
 * @param {number} seed
 * @returns {() => number} from 0 to 1
 */
export function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * A text of any code units, many of them those that trip programs.
 *
 * @param {() => number} random
 * @returns {string}
 */
export function anyText(random) {
  const awkward = '<>&"\'/\\\u0000\u001f\u00ad\u200d\u202e\ud83d\udc69\ufffe\uffff\u0300\u05d0\u0627 \n=;%{}';
  return Array.from({ length: Math.floor(random() * 40) }, () =>
    random() < 0.6
      ? awkward[Math.floor(random() * awkward.length)]
      : String.fromCharCode(Math.floor(random() * 65536)),
  ).join('');
}
