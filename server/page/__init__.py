"""The chat page: questions, answers sentence by sentence, and the clause behind each of them."""

from server.page.page import build_page, mount_page

__all__ = ["build_page", "mount_page"]
