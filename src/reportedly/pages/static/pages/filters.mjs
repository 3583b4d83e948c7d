// On a phone the filter folds up, so that the list is seen first; without scripts it stays open.
const box = document.querySelector(".filterbox");
if (box && matchMedia("(max-width: 40rem)").matches && !document.querySelector(".chips")) box.open = false;
