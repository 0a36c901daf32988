"""CAP 1.2: warnings read from a file, weighed against the record, kept, and written out."""
