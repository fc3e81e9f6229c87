// A classic script, which every browser runs: the colours of the system before anything is drawn, and one sentence where
// the module that follows does not run. Its first line sets `opened`.
document.documentElement.setAttribute("data-theme", matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
window.addEventListener("load", function () {
  if (document.documentElement.hasAttribute("data-opened")) return;
  document.getElementById("status").textContent =
    "This browser is too old for this page. Open the file in a Firefox, Chrome, Edge or Safari of 2023 or later.";
});
