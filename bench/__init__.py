"""What the qualities ask for, measured as ratios taken in one run: `python -m bench`."""
