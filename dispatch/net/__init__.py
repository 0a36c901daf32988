"""The net at work 调度网运行: roll calls, call-outs, channels and the outbox."""
