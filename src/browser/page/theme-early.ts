/**
 * The one inline script: applies a remembered theme before the first paint, says that scripts run, and how many
 * answers the wizard's trail will show, so that their place is kept free. For a reader who chose a setup it loads the
 * script that puts its values in: written into the page, it runs before what stands below it is painted.
 * Its hash stands in the Content-Security-Policy (astro.config.mjs), so it is kept as a text here.
 */
export const themeEarly =
  "var d=document.documentElement.dataset,l=location,m=/[?&]t=([^&]+)/.exec(l.search);if(m)d.steps=m[1].split('~').length;d.js='';try{var s=localStorage,t=s.theme;if(t==='light'||t==='dark')d.theme=t;m=document.currentScript.dataset.setups;if(m&&(/[?&]setup=/.test(l)||sessionStorage.setup||s.setup)){m='<script s'+'rc='+m+'><\\/script>';s=self.trustedTypes;document.write(s?s.createPolicy('own-markup',{createHTML:function(h){return h}}).createHTML(m):m)}}catch(e){}";
