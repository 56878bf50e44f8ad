// Reveals "Print this page": without a script the browser's own menu does the same.
const waiting = () => document.querySelectorAll(".printed img[loading=lazy]");

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    // The code at the end of the page is fetched only now, and a print does not wait for it in every browser.
    for (const picture of waiting()) {
      picture.loading = "eager";
      await picture.decode().catch(() => {});
    }
    window.print();
  });
}
