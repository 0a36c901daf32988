"""Commands 命令: one small function for each verb of the command line. Nothing here loads Qt."""
