// A fact and its words point at each other: under the mouse or the focus, both are lit.

function pointing(result, on) {
	function light(numbers, lit) {
		for (const mark of result.querySelectorAll("mark[data-facts]")) {
			if (mark.dataset.facts.split(" ").some((n) => numbers.includes(n))) mark.classList.toggle("lit", lit);
		}
		for (const card of result.querySelectorAll(".fact[data-n]")) {
			if (numbers.includes(card.dataset.n)) card.classList.toggle("lit", lit);
		}
	}

	function numbersAt(target) {
		const at = target.closest?.(".fact[data-n], mark[data-facts], [data-chip]");
		return at ? (at.dataset.n ?? at.dataset.facts ?? at.dataset.chip).split(" ") : [];
	}

	for (const [type, lit] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
		on(result, type, (event) => light(numbersAt(event.target), lit));
	}
}

