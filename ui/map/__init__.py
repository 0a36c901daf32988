"""The map 一张图: the view, what is drawn in it, and its pictures on paper."""
