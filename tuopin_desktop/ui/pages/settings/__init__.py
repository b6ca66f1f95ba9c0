"""What an office sets up: the holiday table, the ruling register, and itself."""
