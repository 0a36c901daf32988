"""The sample district's duty room: roster, log and past events, all invented."""
