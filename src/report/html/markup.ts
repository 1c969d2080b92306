/** What stands in the page before its script has run: landmarks and headings. `hidden` parts have nothing to show yet. */
export const BODY = `<a class="skip" href="#results">Skip to the results</a>
<header>
<div class="bar">
<h1 id="title">fromlint</h1>
<p id="subtitle"></p>
<nav aria-label="Parts of this page" hidden><a href="#bases">Images</a> <a href="#results">Findings</a></nav>
<div class="actions">
<button type="button" id="theme" aria-pressed="false">Dark mode</button>
<button type="button" id="print">Print</button>
</div>
</div>
</header>
<noscript><p class="note">This page shows its results with a script of its own; it loads nothing from anywhere.</p></noscript>
<main>
<div id="notes"></div>
<section id="totals" aria-labelledby="totals-title" hidden>
<h2 id="totals-title" class="unseen">Totals</h2>
<ul id="tiles"></ul>
</section>
<form id="filters" role="search" aria-label="Search and filters" hidden></form>
<p id="count" role="status"></p>
<section id="bases" aria-labelledby="bases-title" tabindex="-1" hidden>
<div class="head">
<h2 id="bases-title">What stands on what</h2>
<div id="detail"></div>
</div>
<div id="legend"></div>
<div id="picture" role="group" aria-label="Picture of the images and of what stands on them; the table below says the same"></div>
<p id="picture-note" class="quiet"></p>
<details id="table"><summary></summary></details>
</section>
<section id="results" aria-labelledby="results-title" tabindex="-1" hidden>
<h2 id="results-title">Findings</h2>
<div id="findings"></div>
</section>
</main>
<footer><p>Made by fromlint. This page is one file: it loads nothing and sends nothing.</p></footer>`;
