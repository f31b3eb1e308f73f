/**
 * The one inline script: applies a remembered theme before the first paint, says that scripts run, and how many
 * answers the wizard's trail will show, so that their place is kept free. For a reader who chose a setup it loads the
 * script that puts its values in: written into the page, it runs before what stands below it is painted.
 * Its hash stands in the Content-Security-Policy (astro.config.mjs), so it is kept as a text here.
 */
export const themeEarly =
  "var m=/[?&]t=([^&]+)/.exec(location.search);if(m)document.documentElement.dataset.steps=m[1].split('~').length;document.documentElement.dataset.js='';try{var t=localStorage.getItem('theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t;m=document.currentScript.dataset.setups;if(m&&(/[?&]setup=/.test(location.href)||sessionStorage.setup||localStorage.setup))document.write('<script s'+'rc='+m+'><\\/script>')}catch(e){}";
