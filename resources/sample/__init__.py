"""The sample district 云川新区: everything in it is invented."""
