"""What the pages about distances compute: exact curves, and trainings that advance in steps."""
