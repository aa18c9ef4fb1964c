// Hands a file to the visitor; goes before the script of a tab that has files to hand out.

function bytesOf(base64) {
	return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

function save(name, content, type) {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(new Blob([content], { type }));
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

