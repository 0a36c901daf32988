"""Layers 图层: map files read into features or tiles, and kept in the district's folder."""
