"""Drills 演练: scenarios, the drill's own store and clock, its run, and its sealed record."""
