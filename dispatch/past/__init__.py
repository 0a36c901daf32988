"""Past events 历史事件: the record of another system, kept as it came beside the desk's own."""
