"""The duty room at work 值班调度: log, events, orders, shifts, papers."""
