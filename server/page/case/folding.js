// Groups of the condition table fold: the rows below a closed group are hidden.

function roll(button) {
	const open = button.getAttribute("aria-expanded") !== "true";
	button.setAttribute("aria-expanded", open);
	const rows = [...button.closest("tbody").rows];
	const closed = rows
		.map((row) => row.querySelector('[data-rows][aria-expanded="false"]')?.dataset.rows)
		.filter(Boolean);
	for (const row of rows) row.hidden = closed.some((path) => row.dataset.path.startsWith(`${path}.`));
}

