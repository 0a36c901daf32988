"""The drill book 演练档案: yearly plans, evaluation, reports, corrective actions, comparison."""
