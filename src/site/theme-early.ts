/**
 * The one inline script: applies a remembered theme before the first paint, and says that scripts run.
 * Its hash stands in the Content-Security-Policy (astro.config.mjs), so it is kept as a text here.
 */
export const themeEarly =
  "document.documentElement.dataset.js='';try{var t=localStorage.getItem('theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}";
