"""Spreadsheets and map files in and out; parsing is pure."""
