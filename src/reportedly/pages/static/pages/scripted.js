// Loaded before the page is drawn: what needs scripts (maps, charts) is shown only where they run.
document.documentElement.classList.add("js");
