"""The rulings of Article 20 and the rule packs: what is set, what a change would turn."""
