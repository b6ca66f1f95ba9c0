"""What goes to the archives: papers as PDF/A-1b, their check, and the printed aids of filing."""
