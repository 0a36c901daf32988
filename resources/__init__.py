"""The rescue inventory 资源: one net, one map, five libraries (一网一图五库)."""
