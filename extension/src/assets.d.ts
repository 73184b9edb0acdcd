/** Where the settings of the checklist are: `host/first step of the path`. */
declare module '#settings-areas' {
  const areas: readonly string[];
  export default areas;
}

/** A style sheet, as the build puts it into a script: its text, minified. */
declare module '*.css' {
  const text: string;
  export default text;
}
