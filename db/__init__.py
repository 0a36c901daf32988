"""The store 存储: one SQLite file, one write path, one tamper-evident journal. Knows no domain."""
