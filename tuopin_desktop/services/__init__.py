"""What an office does: one use case per function."""
