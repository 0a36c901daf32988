"""The roster 值班表: people, rules, solver, check, publishing, swaps and exchange of a month."""
