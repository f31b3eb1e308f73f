/// <reference types="astro/client" />

declare module 'virtual:knowledge' {
  const knowledge: import('./build/knowledge/compile.ts').CompiledKnowledge;
  export default knowledge;
}

declare module 'virtual:names' {
  const table: import('./browser/search/names.ts').NamesTable;
  export default table;
}

declare module 'virtual:setups' {
  const setups: import('./engine/setup.ts').Installations;
  export default setups;
}

declare module 'virtual:question-titles' {
  const titles: import('./build/knowledge/compile.ts').QuestionTitles;
  export default titles;
}
