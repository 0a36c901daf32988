"""Papers 打印件: records become a Sheet (a page as data), a Sheet becomes a PDF."""
