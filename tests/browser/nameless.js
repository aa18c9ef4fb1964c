() =>
	[...document.querySelectorAll("button, a, input, select, textarea")]
		.filter((one) => one.checkVisibility())
		.filter((one) => !(one.getAttribute("aria-label") || one.textContent.trim() || one.labels?.length))
		.map((one) => one.outerHTML);
