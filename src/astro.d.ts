/** Lets plain TypeScript files name Astro components; `astro check` looks at the components themselves. */
declare module '*.astro' {
  const component: (props: Record<string, unknown>) => unknown;
  export default component;
}
