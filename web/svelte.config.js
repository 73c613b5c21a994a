/** The page is sent under `require-trusted-types-for 'script'`: elements are made one by one, never parsed from a string. */
export default {
  compilerOptions: { runes: true, fragments: 'tree' },
};
