"""The screens; none of them knows another."""
