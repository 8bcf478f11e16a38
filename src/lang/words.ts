// Words that the grammar itself knows, numbered so that a symbol can be compared with an integer.

const KEYWORDS: readonly string[] = (
  'False None True and as assert async await break class continue def del elif else except finally for from global ' +
  'if import in is lambda nonlocal not or pass raise return try while with yield'
).split(' ');

const FORMAT_WORDS: readonly string[] = (
  '_get_safe_default AttributeError IndexError KeyError TypeError ValueError append apply batch_process_samples_gpu ' +
  'batt first mapply o p_g s second S I C'
).split(' ');

/** All words; the symbol of a word is its place here. */
export const WORDS: readonly string[] = [...KEYWORDS, ...FORMAT_WORDS];

/** A symbol below this one is a Python keyword and can't be a name. */
export const KEYWORD_COUNT: number = KEYWORDS.length;

const symbol = (word: string): number => WORDS.indexOf(word);

export const AS: number = symbol('as');
export const DEF: number = symbol('def');
export const EXCEPT: number = symbol('except');
export const FALSE: number = symbol('False');
export const FROM: number = symbol('from');
export const IMPORT: number = symbol('import');
export const NONE: number = symbol('None');
export const RETURN: number = symbol('return');
export const TRUE: number = symbol('True');
export const TRY: number = symbol('try');

export const APPEND: number = symbol('append');
export const APPLY: number = symbol('apply');
export const BATCH_PROCESS: number = symbol('batch_process_samples_gpu');
export const BATT: number = symbol('batt');
export const FIRST: number = symbol('first');
export const MAPPLY: number = symbol('mapply');
export const O: number = symbol('o');
export const P_G: number = symbol('p_g');
export const S: number = symbol('s');
export const SAFE_DEFAULT: number = symbol('_get_safe_default');
export const SECOND: number = symbol('second');

/** `S`, `I`, `C` as spelled; a role only where they are parameters. */
export const ROLE_WORDS: readonly number[] = [symbol('S'), symbol('I'), symbol('C')];

export const P4_ERRORS: readonly number[] = ['TypeError', 'AttributeError', 'ValueError'].map(symbol);
export const HEAD_ERRORS: readonly number[] = [...P4_ERRORS, symbol('IndexError'), symbol('KeyError')];
