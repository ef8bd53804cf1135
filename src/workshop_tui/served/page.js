// Loads the screen of characters once its font is there, and gives it the keyboard.
"use strict";

const FACES = ["16px 'Roboto Mono'", "bold 16px 'Roboto Mono'", "italic 16px 'Roboto Mono'"];
const KEPT = ["F11", "F12"]; // the browser's own: the whole screen, and its tools

function keyboard() {
  return document.querySelector(".xterm-helper-textarea");
}

// A key goes to the app, wherever was clicked, and never to the browser: F5 would load the page anew.
window.addEventListener("keydown", (event) => {
  if (/^F\d+$/.test(event.key) && !KEPT.includes(event.key)) event.preventDefault();
  if (!document.body.classList.contains("-closed")) keyboard()?.focus();
}, true);

// The app takes keys once it knows that it has the keyboard; it is told so when something is painted.
function watch() {
  const begun = new MutationObserver(() => {
    if (document.body.classList.contains("-closed")) document.querySelector(".ended button").focus();
    else if (document.body.classList.contains("-first-byte")) keyboard()?.focus();
  });
  begun.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  document.querySelector(".ended button").addEventListener("click", () => window.location.reload());
}

document.addEventListener("DOMContentLoaded", async () => {
  watch();
  await Promise.allSettled(FACES.map((face) => document.fonts.load(face)));
  const script = document.createElement("script");
  script.src = "/static/js/textual.js";
  script.addEventListener("load", () => {
    if (document.readyState === "complete") window.onload();
  });
  document.head.append(script);
});
